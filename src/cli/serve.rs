//! `tenantry serve`: everything in one process.

use std::io::Write;
use std::net::SocketAddr;

use anyhow::Context;
use tokio::net::TcpListener;

use super::compose::{Access, Server, Settings};
use super::configuration::Configuration;
use crate::app::KEY_CHARS_MIN;
use crate::http::router;
use crate::limits::SHUTDOWN_PATIENCE;

/// How the server is run; holds secrets, so it cannot be printed.
#[derive(Clone)]
pub struct ServeOptions {
    /// Where it listens; port 0 picks one.
    pub listen: SocketAddr,
    /// The first operator key, for automation.
    pub operator_key: Option<String>,
    /// Where people find the pages behind links in mails; the address listened on without.
    pub public_url: Option<String>,
    /// What it is put together from.
    pub settings: Settings,
    /// Whether to fill an empty store with a sample.
    pub demo: bool,
}

impl ServeOptions {
    /// Reads how the configuration wants the server to be run.
    pub(crate) fn of(configuration: &Configuration) -> Self {
        let values = &configuration.values;
        Self {
            listen: values.listen,
            operator_key: values.operator_key.clone(),
            public_url: values.public_url.clone(),
            settings: configuration.settings(),
            demo: values.demo,
        }
    }
}

/// Serves until the process is told to stop; then finishes what is in flight.
pub async fn serve(options: ServeOptions) -> anyhow::Result<()> {
    let listener =
        TcpListener::bind(options.listen).await.with_context(|| format!("listen on {}", options.listen))?;
    let address = listener.local_addr()?;
    let public_url = options.public_url.unwrap_or_else(|| format!("http://{address}"));
    let public_url = public_url.trim_end_matches('/').to_owned();
    let settings = Settings { public_url, ..options.settings };
    let server = Server::open(&settings, Access::Write).await?;
    server.start().await?;
    first_operator_key(&server, options.operator_key.as_deref(), options.demo).await?;
    let router = router(server.http.clone());
    let tasks = server.tasks.clone();
    let stopping = tasks.clone();
    let serving =
        axum::serve(listener, router).with_graceful_shutdown(async move { stopping.stopping().await });
    let serving = std::future::IntoFuture::into_future(serving);
    tokio::pin!(serving);
    announce(address, &server, options.demo).await?;
    tokio::select! {
        result = &mut serving => result.context("serve")?,
        () = told_to_stop() => {}
    }
    tracing::info!("stopping: finishing what is in flight");
    let finish = async {
        tasks.begin_stop();
        serving.await.context("serve")?;
        tasks.stop().await;
        server.committing.stop().await;
        anyhow::Ok(())
    };
    if let Ok(finished) = tokio::time::timeout(SHUTDOWN_PATIENCE, finish).await {
        return finished;
    }
    tracing::warn!("some work did not finish in time; it will be taken up at the next start");
    Ok(())
}

/// Gives a new store its first operator key: the configured one, or one that is shown once; a sample has its own.
async fn first_operator_key(server: &Server, configured: Option<&str>, demo: bool) -> anyhow::Result<()> {
    let app = &server.http.app;
    if let Some(text) = configured {
        anyhow::ensure!(
            text.len() >= KEY_CHARS_MIN,
            "TENANTRY_OPERATOR_KEY must have at least {KEY_CHARS_MIN} characters"
        );
        return app.install_operator_key(text).await.context("install the operator key");
    }
    if !demo
        && app.feed.head() == 0
        && let Some(key) = app.first_operator_key().await.context("issue the first operator key")?
    {
        eprintln!("operator key of this new store, shown this once: {key}");
    }
    Ok(())
}

/// Prints the one line that says where the server answers, and the sample's keys after it.
async fn announce(address: SocketAddr, server: &Server, demo: bool) -> anyhow::Result<()> {
    let sample = if demo {
        Some(super::demo::make_sample(&server.http.app).await.context("make the sample")?)
    } else {
        None
    };
    let mut out = std::io::stdout().lock();
    writeln!(out, "ready http://{address}")?;
    for (name, value) in sample.into_iter().flatten() {
        writeln!(out, "{name} {value}")?;
    }
    out.flush()?;
    Ok(())
}

/// Completes on SIGTERM or Ctrl-C.
async fn told_to_stop() {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        .expect("the runtime takes signal handlers");
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
