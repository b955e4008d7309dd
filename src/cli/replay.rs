//! `tenantry replay`: views rebuilt from events, on this machine and beside everything that is stored.
//!
//! The events come from the store, from a server or from a file, always in the form in which readers are shown them.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use axum::http::Response;
use clap::Args;
use futures::TryStreamExt;
use indicatif::ProgressBar;
use serde_json::{Value, json};
use tenantry_domain::tenant::TenantId;
use tenantry_projections::{FoldError, RowKey};
use tokio_util::io::StreamReader;

use super::client::{Call, Client};
use super::configuration::Configuration;
use super::export::{Export, Extent};
use super::failure::Failure;
use super::output::{self, Column, Format};
use super::projections::{DIGESTS, bar_style};
use super::verbs;
use crate::app::Moment;
use crate::limits::{FEED_PAGE_EVENTS_MAX, VERIFY_ROWS};
use crate::ports::{ReadStore, Scratch};
use crate::projector::{AnyView, Digest, Hasher, LeftOut, ScratchCopy, registered_views, view_named};
use crate::store::sqlite::TemporaryFiles;

const ROWS: &[Column] = &[("VIEW", "/view"), ("TENANT", "/tenantId"), ("KEY", "/key"), ("ROW", "/row")];

/// Options of `replay`.
#[derive(Debug, Clone, Args)]
pub(crate) struct ReplayOptions {
    /// The moment: a position, or a time such as 2026-01-31T12:00:00Z [default: now]
    #[arg(long, value_name = "POSITION|TIME")]
    at: Option<String>,
    /// The view [default: every view]
    #[arg(long, value_name = "NAME")]
    view: Option<String>,
    /// Only the rows of this tenant: a partner's ID, an organization's, or platform
    #[arg(long, value_name = "ID")]
    partner: Option<TenantId>,
    /// Replay what `tenantry events export` wrote, without a store, a server or a key
    #[arg(long, value_name = "EXPORT")]
    from_file: Option<PathBuf>,
    /// With --from-file: an event that a view leaves out, as `tenantry projections parked` or the operator says
    #[arg(long, value_name = "VIEW:POSITION", value_parser = view_and_position, requires = "from_file")]
    skip: Vec<(String, i64)>,
    /// Print the SHA-256 of each view without its rows
    #[arg(long)]
    digests: bool,
}

impl ReplayOptions {
    /// Replays.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        let wrong = |rejection| Failure::Usage(format!("--at: {rejection}; use 17 or 2026-01-31T12:00:00Z"));
        let at = self.at.as_deref().map(str::parse::<Moment>).transpose().map_err(wrong)?;
        let views = self.views()?;
        let folder = tempfile::tempdir()?;
        let (path, skips) = if let Some(path) = &self.from_file {
            (path.clone(), self.skip.clone())
        } else {
            let path = folder.path().join("events.ndjson");
            let fetch = verbs::reading(configuration, async |client| {
                self.fetch(client, at, &path).await?;
                skips_of(client, &views).await
            });
            let skips = fetch.await?;
            (path, skips)
        };
        let export = Export::check(&path, at).await?;
        self.replay(&export, &views, &skips, verbs::format(configuration)).await
    }

    fn views(&self) -> Result<Vec<Arc<dyn AnyView>>, Failure> {
        let Some(name) = &self.view else { return Ok(registered_views()) };
        let known = || registered_views().iter().map(|view| view.name()).collect::<Vec<_>>().join(", ");
        let view = view_named(name);
        Ok(vec![
            view.ok_or_else(|| Failure::Usage(format!("there is no view {name}; there are {}", known())))?,
        ])
    }

    /// Writes the history into a file.
    async fn fetch(&self, client: &Client, at: Option<Moment>, path: &Path) -> Result<(), Failure> {
        let partner = self.partner.map(|tenant_id| tenant_id.to_string());
        let bound = if matches!(at, Some(Moment::Position(_))) { "to" } else { "until" };
        let call =
            Call::get(&["events"]).query([(bound, self.at.as_deref()), ("partner", partner.as_deref())]);
        let response = client.send(&call.accept("application/x-ndjson")).await?;
        let mut body =
            StreamReader::new(Response::into_body(response).into_data_stream().map_err(io::Error::other));
        let mut file = tokio::fs::File::create(path).await?;
        let broken = |error| Failure::unreachable(error, "read the history".to_owned());
        tokio::io::copy(&mut body, &mut file).await.map_err(broken)?;
        Ok(tokio::io::AsyncWriteExt::flush(&mut file).await?)
    }

    /// Folds an export into copies of the views and shows them.
    async fn replay(
        &self,
        export: &Export,
        views: &[Arc<dyn AnyView>],
        skips: &[(String, i64)],
        format: Format,
    ) -> Result<(), Failure> {
        let tenant_id = self.tenant(export)?;
        let scratch: Arc<dyn ReadStore> = TemporaryFiles.open().await.context("make a scratch copy")?.into();
        let mut copies = Vec::new();
        for view in views {
            if !whole(export, tenant_id, view.as_ref()) {
                let said = format!("the rows of {} need events of other tenants too", view.name());
                if self.view.is_some() {
                    return Err(Failure::found(said));
                }
                eprintln!("left out: {said}");
                continue;
            }
            let skips = skips.iter().filter(|(name, _)| name == view.name()).map(|(_, position)| *position);
            let left_out = LeftOut { skips: skips.collect(), ..LeftOut::default() };
            let copy = ScratchCopy::open(scratch.clone(), view.clone(), tenant_id, left_out).await;
            copies.push(copy.context("make a scratch copy")?);
        }
        fold(export, &mut copies).await?;
        self.show(&copies, export.position, format).await?;
        match copies.iter().map(said_of_failures).collect::<String>() {
            said if said.is_empty() => Ok(()),
            said => {
                Err(Failure::found(format!("some events could not be folded; rows stand still there{said}")))
            }
        }
    }

    /// Returns whose rows are to be shown.
    fn tenant(&self, export: &Export) -> Result<Option<TenantId>, Failure> {
        match (export.extent, self.partner) {
            (Extent::Everybody, wanted) => Ok(wanted),
            (Extent::Tenant(tenant_id), Some(wanted)) if wanted != tenant_id => {
                Err(Failure::Usage(format!("the events are those of {tenant_id}, and not of {wanted}")))
            }
            (Extent::Tenant(tenant_id), _) => Ok(Some(tenant_id)),
        }
    }

    async fn show(&self, copies: &[ScratchCopy], position: i64, format: Format) -> Result<(), Failure> {
        let (mut all_rows, mut digests) = (Vec::new(), Vec::new());
        for copy in copies {
            let (rows, digest) = self.rows_of(copy, format).await?;
            let mut item = json!({
                "view": copy.view(), "position": position.to_string(), "rows": digest.rows, "sha256": digest.sha256,
            });
            match format {
                Format::Ndjson => output::lines(std::slice::from_ref(&item))?,
                Format::Json if !self.digests => item["items"] = Value::Array(rows),
                Format::Json | Format::Table => all_rows.extend(rows),
            }
            digests.push(item);
        }
        match format {
            Format::Ndjson => Ok(()),
            Format::Json => Ok(output::list(format, DIGESTS, &json!({ "items": digests }))?),
            Format::Table => {
                if !all_rows.is_empty() {
                    output::text(&format!("{}\n", output::table(ROWS, &all_rows)))?;
                }
                Ok(output::text(&output::table(DIGESTS, &digests))?)
            }
        }
    }

    /// Hashes the rows of a copy and returns them, unless they are not wanted or printed as they come.
    async fn rows_of(&self, copy: &ScratchCopy, format: Format) -> Result<(Vec<Value>, Digest), Failure> {
        let (mut hasher, mut rows, mut after) = (Hasher::default(), Vec::new(), None);
        loop {
            let page = copy.rows_after(after, VERIFY_ROWS).await.context("read a scratch copy")?;
            for row in &page {
                let canonical = hasher.take(row).context("read a scratch copy")?;
                if !self.digests {
                    let RowKey { tenant_id, key } = &row.key;
                    rows.push(
                        json!({ "view": copy.view(), "tenantId": tenant_id, "key": key, "row": canonical }),
                    );
                }
            }
            if format == Format::Ndjson {
                output::lines(&rows)?;
                rows.clear();
            }
            let Some(last) = page.into_iter().next_back() else { return Ok((rows, hasher.finish())) };
            after = Some(last.key);
        }
    }
}

/// Names the events that could not be folded.
fn said_of_failures(copy: &ScratchCopy) -> String {
    let said =
        |(tenant_id, error): &(TenantId, FoldError)| format!("\n  {} of {tenant_id}: {error}", copy.view());
    copy.failures().iter().map(said).collect()
}

/// Asks what the views leave out.
async fn skips_of(client: &Client, views: &[Arc<dyn AnyView>]) -> Result<Vec<(String, i64)>, Failure> {
    let mut skips = Vec::new();
    for view in views {
        let (_, answer) = client.json(&Call::get(&["projections", view.name(), "parked"])).await?;
        let positions =
            answer["skips"].as_array().into_iter().flatten().filter_map(|skip| skip["position"].as_str());
        skips.extend(positions.filter_map(|text| Some((view.name().to_owned(), text.parse().ok()?))));
    }
    Ok(skips)
}

fn view_and_position(text: &str) -> Result<(String, i64), String> {
    let parts =
        text.split_once(':').and_then(|(view, position)| Some((view.to_owned(), position.parse().ok()?)));
    parts.ok_or_else(|| "a view and a position, for example customers:17".to_owned())
}

/// Tells whether an export holds all that a view needs for the rows that are to be shown.
fn whole(export: &Export, tenant_id: Option<TenantId>, view: &dyn AnyView) -> bool {
    export.extent == Extent::Everybody || tenant_id.is_some_and(|tenant_id| view.stands_alone(tenant_id))
}

async fn fold(export: &Export, copies: &mut [ScratchCopy]) -> Result<(), Failure> {
    let bar = ProgressBar::new(export.events).with_style(bar_style()).with_message("replay");
    let mut reader = export.read().await?;
    loop {
        let events = reader.page(FEED_PAGE_EVENTS_MAX).await?;
        let Some(last) = events.last() else { break };
        for copy in copies.iter_mut() {
            copy.fold(&events, last.position).await.context("replay")?;
        }
        bar.inc(events.len() as u64);
    }
    bar.finish_and_clear();
    Ok(())
}
