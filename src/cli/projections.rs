//! `tenantry projections` and `tenantry tasks`: what operators look after.

use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use super::client::{Call, Client};
use super::compose::Access;
use super::configuration::Configuration;
use super::failure::Failure;
use super::output::{self, Column, items};
use super::parked::{self, RetryOptions, SkipOptions};
use super::read::{Named, Noun, RowOptions};
use super::verbs;
use crate::limits::CLIENT_POLL;
use crate::projector::registered_views;

pub(super) const READERS: &[Column] = &[
    ("NAME", "/name"),
    ("GENERATION", "/generation"),
    ("STATE", "/state"),
    ("POSITION", "/position"),
    ("LAG", "/lag"),
    ("ERROR", "/error"),
];

const VERDICTS: &[Column] =
    &[("VIEW", "/view"), ("POSITION", "/position"), ("ROWS", "/rows"), ("DIFFERENCES", "/differences")];

/// What identifies the rows of a view.
pub(crate) const DIGESTS: &[Column] =
    &[("VIEW", "/view"), ("POSITION", "/position"), ("ROWS", "/rows"), ("SHA-256", "/sha256")];

const TASKS: Noun = Noun {
    path: "tasks",
    columns: &[
        ("ID", "/id"),
        ("KIND", "/kind"),
        ("PROCESS", "/process"),
        ("TENANT", "/tenantId"),
        ("ATTEMPTS", "/attempts"),
        ("NOT BEFORE", "/notBefore"),
        ("LAST ERROR", "/lastError"),
    ],
};

/// What can be done with views.
#[derive(Debug, Subcommand)]
pub(crate) enum ProjectionsVerb {
    /// List views and processes, and how far they have come
    List,
    /// Fill a view anew beside the live one, and wait until the new one is live
    Rebuild(Which),
    /// Replay the log into a copy of a view and compare every row; differences are a failure
    Verify(Which),
    /// List the tenants whose events a view cannot fold, and why
    Parked(Which),
    /// Try again to fold the events of tenants that are parked, and wait until it was tried
    Retry(RetryOptions),
    /// Leave the event at which a tenant is parked out of a view for good, and go on after it
    Skip(SkipOptions),
    /// Hash the rows of a view, as `tenantry replay` hashes those that follow from events
    Digest {
        #[command(flatten)]
        which: Which,
        /// Only the rows of this tenant: a partner's ID, an organization's, or platform
        #[arg(long, value_name = "ID")]
        partner: Option<String>,
    },
}

/// Which views.
#[derive(Debug, Clone, Args)]
pub(crate) struct Which {
    /// The view's name [default: every view]
    pub(super) name: Option<String>,
}

impl Which {
    /// Returns the names: every view's, unless one is named. Not from the list of views, which is for operators.
    pub(super) fn names(&self) -> Vec<&str> {
        match &self.name {
            Some(name) => vec![name],
            None => registered_views().iter().map(|view| view.name()).collect(),
        }
    }
}

impl ProjectionsVerb {
    /// Does it.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        match self {
            Self::List => list(configuration).await,
            Self::Rebuild(which) => rebuild(configuration, &which).await,
            Self::Verify(which) => verify(configuration, &which).await,
            Self::Parked(which) => parked::show(configuration, &which).await,
            Self::Retry(options) => options.run(configuration).await,
            Self::Skip(options) => options.run(configuration).await,
            Self::Digest { which, partner } => digest(configuration, &which, partner.as_deref()).await,
        }
    }
}

/// Lists the tasks that are not done.
pub(crate) async fn list_tasks(configuration: &Configuration, options: &RowOptions) -> Result<(), Failure> {
    TASKS.list_pages(configuration, options, Call::get(&[TASKS.path])).await
}

async fn list(configuration: &Configuration) -> Result<(), Failure> {
    verbs::reading(configuration, async |client| {
        let (_, answer) = client.json(&Call::get(&["projections"])).await?;
        Ok(output::list(verbs::format(configuration), READERS, &answer)?)
    })
    .await
}

/// Makes a task due that has failed.
pub(crate) async fn retry_task(configuration: &Configuration, task: &Named) -> Result<(), Failure> {
    let call = Call::post(&[TASKS.path, &task.id, "retry"], "");
    verbs::with_client(configuration, Access::Write, None, async |client| {
        let (_, task) = client.json(&call).await?;
        Ok(output::one(verbs::format(configuration), &task)?)
    })
    .await
}

async fn rebuild(configuration: &Configuration, which: &Which) -> Result<(), Failure> {
    verbs::with_client(configuration, Access::Write, None, async |client| {
        client.run_projector().await?;
        let mut rebuilt = Vec::new();
        for (name, started) in ask_each(client, which, "rebuild").await? {
            rebuilt.push(live(client, &name, &started["generation"]).await?);
        }
        Ok(output::list(verbs::format(configuration), READERS, &json!({ "items": rebuilt }))?)
    })
    .await
}

async fn verify(configuration: &Configuration, which: &Which) -> Result<(), Failure> {
    verbs::reading(configuration, async |client| {
        let verdicts: Vec<Value> =
            ask_each(client, which, "verify").await?.into_iter().map(|(_, verdict)| verdict).collect();
        let differ =
            |verdict: &&Value| verdict["differences"].as_array().is_some_and(|keys| !keys.is_empty());
        let wrong: Vec<&str> =
            verdicts.iter().filter(differ).filter_map(|verdict| verdict["view"].as_str()).collect();
        let said = (!wrong.is_empty()).then(|| {
            format!(
                "{} differs from a replay; `tenantry projections rebuild` fills it anew",
                wrong.join(", ")
            )
        });
        output::list(verbs::format(configuration), VERDICTS, &json!({ "items": verdicts }))?;
        said.map_or(Ok(()), |said| Err(Failure::found(said)))
    })
    .await
}

async fn digest(configuration: &Configuration, which: &Which, partner: Option<&str>) -> Result<(), Failure> {
    verbs::reading(configuration, async |client| {
        let mut digests = Vec::new();
        for name in which.names() {
            let call = Call::get(&["projections", name, "digest"]).query([("tenantId", partner)]);
            digests.push(client.json(&call).await?.1);
        }
        Ok(output::list(verbs::format(configuration), DIGESTS, &json!({ "items": digests }))?)
    })
    .await
}

/// Asks for the same of the named view, or of every view.
async fn ask_each(client: &Client, which: &Which, verb: &str) -> Result<Vec<(String, Value)>, Failure> {
    let call = |name: &str| Call::post(&["projections", name, verb], "");
    if let Some(name) = &which.name {
        let (_, answer) = client.json(&call(name)).await?;
        return Ok(vec![(name.clone(), answer)]);
    }
    let (_, readers) = client.json(&Call::get(&["projections"])).await?;
    let mut names: Vec<&str> = items(&readers).iter().filter_map(|reader| reader["name"].as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let mut answers = Vec::new();
    for name in names {
        match client.json(&call(name)).await {
            Ok((_, answer)) => answers.push((name.to_owned(), answer)),
            // The list also has processes, which are no views.
            Err(Failure::Problem(problem)) if problem.status == 404 => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(answers)
}

/// Waits until a generation of a view is live.
pub(super) async fn live(client: &Client, name: &str, generation: &Value) -> Result<Value, Failure> {
    let bar = ProgressBar::new(0).with_style(bar_style()).with_message(name.to_owned());
    loop {
        let (_, readers) = client.json(&Call::get(&["projections"])).await?;
        let found = items(&readers)
            .iter()
            .find(|reader| reader["name"] == *name && reader["generation"] == *generation);
        let Some(reader) = found else {
            return Err(Failure::found(format!(
                "generation {generation} of {name} is gone: another was begun"
            )));
        };
        match reader["state"].as_str() {
            Some("live") => {
                bar.finish_and_clear();
                return Ok(reader.clone());
            }
            Some("failed") => {
                let error = reader["error"].as_str().unwrap_or_default();
                return Err(Failure::found(format!("the rebuild of {name} has failed: {error}")));
            }
            _ => {
                let position = reader["position"].as_str().and_then(|text| text.parse().ok()).unwrap_or(0);
                bar.set_length(position + reader["lag"].as_u64().unwrap_or(0));
                bar.set_position(position);
            }
        }
        tokio::time::sleep(CLIENT_POLL).await;
    }
}

/// Events taken in, of those there are; shown on a terminal only.
pub(crate) fn bar_style() -> ProgressStyle {
    ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} events").expect("the template is well-formed")
}
