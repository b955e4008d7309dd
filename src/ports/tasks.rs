//! The state of processes and the tasks that they order.

use async_trait::async_trait;
use tenantry_domain::ids::TaskId;
use tenantry_domain::tenant::TenantId;

use crate::ports::StoreFault;

/// A task before it is stored.
#[derive(Debug, Clone)]
pub struct NewTask {
    /// Derived from the event that ordered it: a second order of it is the same task.
    pub task_id: TaskId,
    /// Whose work it is.
    pub tenant_id: TenantId,
    /// What is to be done.
    pub kind: &'static str,
    /// With what, as JSON.
    pub payload: String,
    /// Metadata that its commands carry on, as JSON: tracking ID, correlation, causing event.
    pub origin: String,
    /// The moment before which it is not begun, in milliseconds of the server's clock; at once without.
    pub not_before_ms: Option<i64>,
}

/// The step of a process over one page of events.
#[derive(Debug, Clone)]
pub struct ProcessStep {
    /// Name of the process.
    pub process: &'static str,
    /// The checkpoint that the states were read at.
    pub from: i64,
    /// The checkpoint after the step.
    pub to: i64,
    /// The fence of the lease under which it is made.
    pub fence: i64,
    /// New states as JSON by process ID; `None` for a process that has ended.
    pub states: Vec<(String, Option<String>)>,
    /// Tasks that it orders.
    pub tasks: Vec<NewTask>,
}

/// A task that this server holds.
#[derive(Debug, Clone)]
pub struct LeasedTask {
    /// The task.
    pub task_id: TaskId,
    /// Whose work it is.
    pub tenant_id: TenantId,
    /// The process that ordered it.
    pub process: String,
    /// What is to be done.
    pub kind: String,
    /// With what, as JSON.
    pub payload: String,
    /// Metadata that its commands carry on, as JSON.
    pub origin: String,
    /// How often it was begun, this time included.
    pub attempts: i32,
    /// The fence of the lease.
    pub fence: i64,
}

/// What a worker says of a task that it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskEnd {
    /// It is done, its report is recorded, and it is forgotten.
    Done,
    /// It is to be tried again after some milliseconds.
    Retry {
        /// The pause, by the database's clock.
        after_ms: i64,
        /// What went wrong.
        error: String,
    },
    /// It goes on, and its lease begins anew.
    Held,
}

/// A task as operators see it.
#[derive(Debug, Clone, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TaskSummary {
    /// The task.
    pub id: String,
    /// Whose work it is.
    pub tenant_id: String,
    /// The process that ordered it.
    pub process: String,
    /// What is to be done.
    pub kind: String,
    /// How often it was begun.
    pub attempts: i32,
    /// The time from which it may be begun.
    #[schema(value_type = String, format = DateTime)]
    pub not_before: jiff::Timestamp,
    /// What went wrong last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_error: Option<String>,
}

/// Keeps the state of processes and their tasks.
#[async_trait]
pub trait TaskStore: Send + Sync {
    /// Makes a process's checkpoint at 0, unless it is there.
    async fn prepare_process(&self, log: i32, process: &str) -> Result<(), StoreFault>;

    /// Reads the states of processes, as JSON, by their IDs.
    async fn process_states(
        &self,
        log: i32,
        process: &str,
        ids: &[String],
    ) -> Result<Vec<(String, String)>, StoreFault>;

    /// Moves states, tasks and the checkpoint of a process in one transaction.
    ///
    /// Returns `false`, and changes nothing, if the checkpoint or fence is not the expected one.
    async fn advance_process(&self, log: i32, step: &ProcessStep) -> Result<bool, StoreFault>;

    /// Leases due tasks. Leases run by the database's clock; what is due is told by it and how far the server's clock is
    /// ahead of it.
    async fn lease_tasks(
        &self,
        log: i32,
        owner: &str,
        limit: i64,
        ahead_ms: i64,
    ) -> Result<Vec<LeasedTask>, StoreFault>;

    /// Gives a task back, or renews its lease; `false` if another server holds it by now.
    async fn end_task(&self, log: i32, task: &LeasedTask, end: &TaskEnd) -> Result<bool, StoreFault>;

    /// Makes a task due that has failed and waits to be tried again; `None` if there is none of this ID.
    async fn hasten_task(&self, log: i32, id: TaskId) -> Result<Option<TaskSummary>, StoreFault>;

    /// Lists the tasks that are to be done, in the order of their IDs, those after an ID where one is given.
    async fn open_tasks(
        &self,
        log: i32,
        after: Option<TaskId>,
        limit: i64,
    ) -> Result<Vec<TaskSummary>, StoreFault>;

    /// Frees the leases of a former process on this store; only where no other server can exist.
    async fn free_leases(&self, log: i32) -> Result<(), StoreFault>;
}
