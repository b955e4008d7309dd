//! The port `TaskStore`.

use async_trait::async_trait;
use serde_json::json;
use sqlx::Connection;
use tenantry_domain::ids::TaskId;

use super::connect::SqliteStore;
use super::view_sql as sql;
use crate::limits::LEASE_MS;
use crate::ports::{LeasedTask, ProcessStep, ReaderState, StoreFault, TaskEnd, TaskStore, TaskSummary};
use crate::store::rows::{TaskRow, TaskSummaryRow, fault};

#[async_trait]
impl TaskStore for SqliteStore {
    async fn prepare_process(&self, log: i32, process: &str) -> Result<(), StoreFault> {
        let mut writer = self.write().await?;
        sqlx::query(sql::CREATE_CHECKPOINT)
            .bind(process)
            .bind(1)
            .bind(log)
            .bind(ReaderState::Live.as_str())
            .bind(1)
            .execute(&mut *writer)
            .await
            .map_err(fault("prepare a process"))?;
        Ok(())
    }

    async fn process_states(
        &self,
        log: i32,
        process: &str,
        ids: &[String],
    ) -> Result<Vec<(String, String)>, StoreFault> {
        sqlx::query_as(sql::PROCESS_STATES)
            .bind(log)
            .bind(process)
            .bind(json!(ids).to_string())
            .fetch_all(&self.readers)
            .await
            .map_err(fault("read process states"))
    }

    async fn advance_process(&self, log: i32, step: &ProcessStep) -> Result<bool, StoreFault> {
        let doing = "advance a process";
        let mut writer = self.write().await?;
        let mut transaction = writer.begin_with(sql::BEGIN).await.map_err(fault(doing))?;
        let moved = sqlx::query(sql::ADVANCE)
            .bind(log)
            .bind(step.process)
            .bind(1)
            .bind(step.from)
            .bind(step.to)
            .bind(step.fence)
            .execute(&mut *transaction)
            .await
            .map_err(fault(doing))?;
        if moved.rows_affected() != 1 {
            transaction.rollback().await.map_err(fault(doing))?;
            return Ok(false);
        }
        let (going, ended): (Vec<_>, Vec<_>) = step.states.iter().partition(|(_, state)| state.is_some());
        if !going.is_empty() {
            sqlx::query(sql::PUT_STATES)
                .bind(log)
                .bind(step.process)
                .bind(step.to)
                .bind(json!(going).to_string())
                .execute(&mut *transaction)
                .await
                .map_err(fault(doing))?;
        }
        if !ended.is_empty() {
            let ids: Vec<&String> = ended.iter().map(|(id, _)| id).collect();
            sqlx::query(sql::END_STATES)
                .bind(log)
                .bind(step.process)
                .bind(json!(ids).to_string())
                .execute(&mut *transaction)
                .await
                .map_err(fault(doing))?;
        }
        if !step.tasks.is_empty() {
            let tasks = step
                .tasks
                .iter()
                .map(|t| json!([t.task_id, t.tenant_id, t.kind, t.payload, t.origin, t.not_before_ms]));
            sqlx::query(sql::PUT_TASKS)
                .bind(log)
                .bind(step.process)
                .bind(tasks.collect::<serde_json::Value>().to_string())
                .execute(&mut *transaction)
                .await
                .map_err(fault(doing))?;
        }
        transaction.commit().await.map_err(fault(doing))?;
        Ok(true)
    }

    async fn lease_tasks(
        &self,
        log: i32,
        owner: &str,
        limit: i64,
        ahead_ms: i64,
    ) -> Result<Vec<LeasedTask>, StoreFault> {
        let due: bool = sqlx::query_scalar(sql::ANY_DUE)
            .bind(log)
            .bind(ahead_ms)
            .fetch_one(&self.readers)
            .await
            .map_err(fault("lease tasks"))?;
        if !due {
            return Ok(Vec::new());
        }
        let mut writer = self.write().await?;
        let rows: Vec<TaskRow> = sqlx::query_as(sql::LEASE_TASKS)
            .bind(log)
            .bind(owner)
            .bind(LEASE_MS)
            .bind(limit)
            .bind(ahead_ms)
            .fetch_all(&mut *writer)
            .await
            .map_err(fault("lease tasks"))?;
        rows.into_iter().map(LeasedTask::try_from).collect()
    }

    async fn end_task(&self, log: i32, task: &LeasedTask, end: &TaskEnd) -> Result<bool, StoreFault> {
        let mut writer = self.write().await?;
        let ended = match end {
            TaskEnd::Done => {
                sqlx::query(sql::FINISH_TASK).bind(log).bind(task.task_id.to_string()).bind(task.fence)
            }
            TaskEnd::Retry { after_ms, error } => sqlx::query(sql::RETRY_TASK)
                .bind(log)
                .bind(task.task_id.to_string())
                .bind(task.fence)
                .bind(error)
                .bind(after_ms),
            TaskEnd::Held => sqlx::query(sql::HOLD_TASK)
                .bind(log)
                .bind(task.task_id.to_string())
                .bind(task.fence)
                .bind(LEASE_MS),
        };
        let ended = ended.execute(&mut *writer).await.map_err(fault("give a task back"))?;
        Ok(ended.rows_affected() == 1)
    }

    async fn hasten_task(&self, log: i32, id: TaskId) -> Result<Option<TaskSummary>, StoreFault> {
        let mut writer = self.write().await?;
        let row: Option<TaskSummaryRow> = sqlx::query_as(sql::HASTEN_TASK)
            .bind(log)
            .bind(id.to_string())
            .fetch_optional(&mut *writer)
            .await
            .map_err(fault("hasten a task"))?;
        Ok(row.map(TaskSummary::from))
    }

    async fn open_tasks(
        &self,
        log: i32,
        after: Option<TaskId>,
        limit: i64,
    ) -> Result<Vec<TaskSummary>, StoreFault> {
        let rows: Vec<TaskSummaryRow> = sqlx::query_as(sql::OPEN_TASKS)
            .bind(log)
            .bind(after.map(|id| id.to_string()).unwrap_or_default())
            .bind(limit)
            .fetch_all(&self.readers)
            .await
            .map_err(fault("list tasks"))?;
        Ok(rows.into_iter().map(TaskSummary::from).collect())
    }

    async fn free_leases(&self, log: i32) -> Result<(), StoreFault> {
        let mut writer = self.write().await?;
        for statement in [sql::FREE_TASKS, sql::FREE_READERS] {
            sqlx::query(statement).bind(log).execute(&mut *writer).await.map_err(fault("free leases"))?;
        }
        Ok(())
    }
}
