//! Clusters of PostgreSQL on which a store must not live: with spoilt settings, or a standby.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use sqlx::{Connection, PgConnection};
use tenantry::ports::StoreFault;
use tenantry::store::postgres::PostgresStore;

use crate::harness::TEST_PATIENCE;
use crate::journey::waiting::until;

/// A throw-away cluster whose settings a test may spoil; it ends when it is dropped.
struct Cluster {
    with: Child,
    superuser_url: String,
    url: String,
}

impl Cluster {
    fn start() -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/postgres");
        let tell =
            r#"echo "$TENANTRY_TEST_POSTGRES_SUPERUSER_URL"; echo "$TENANTRY_TEST_POSTGRES_URL"; exec cat"#;
        let mut with = Command::new(script)
            .args(["with", "sh", "-c", tell])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("scripts/postgres runs");
        let mut lines = BufReader::new(with.stdout.take().expect("it is piped")).lines();
        let mut line = || lines.next().expect("the cluster starts").expect("is text");
        Self { superuser_url: line(), url: line(), with }
    }

    async fn set(&self, setting: &str, value: &str) {
        let connect =
            async || PgConnection::connect(&self.superuser_url).await.expect("it takes connections");
        let mut connection = connect().await;
        let change = format!("alter system set {setting} = {value}");
        sqlx::raw_sql(&change).execute(&mut connection).await.expect("is a setting");
        sqlx::raw_sql("select pg_reload_conf()").execute(&mut connection).await.expect("reloads");
        // The server takes the file up a moment later; only connections made after that show the value.
        let show = format!("select current_setting('{setting}')");
        loop {
            let now: String =
                sqlx::query_scalar(&show).fetch_one(&mut connect().await).await.expect("is a setting");
            if now == value {
                return;
            }
        }
    }

    async fn refusal(&self) -> String {
        match PostgresStore::connect(&self.url).await {
            Err(StoreFault::Unsafe(reason)) => reason,
            Err(other) => panic!("it is unsafe: {other}"),
            Ok(_) => panic!("the store is refused"),
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // `cat` ends with its input, and the script with `cat`.
        drop(self.with.stdin.take());
        drop(self.with.wait());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cluster_that_may_lose_or_tear_pages_is_refused() {
    tokio::time::timeout(TEST_PATIENCE, refuse_spoilt_settings()).await.expect("nothing waits for ever");
}

async fn refuse_spoilt_settings() {
    let cluster = Cluster::start();
    assert!(PostgresStore::connect(&cluster.url).await.is_ok());

    cluster.set("fsync", "off").await;
    let without_fsync = cluster.refusal().await;
    cluster.set("fsync", "on").await;
    cluster.set("full_page_writes", "off").await;
    let without_full_pages = cluster.refusal().await;

    assert!(without_fsync.starts_with("fsync is off"), "{without_fsync}");
    assert!(without_full_pages.starts_with("full_page_writes is off"), "{without_full_pages}");
}

/// A standby of a cluster, which follows nobody; it ends when it is dropped.
struct Standby {
    server: Child,
    url: String,
    _folder: tempfile::TempDir,
}

impl Standby {
    /// Copies a cluster and starts the copy as a standby.
    async fn of(cluster: &Cluster) -> Self {
        let mut primary =
            PgConnection::connect(&cluster.superuser_url).await.expect("the cluster takes connections");
        let data: String = sqlx::query_scalar("select current_setting('data_directory')")
            .fetch_one(&mut primary)
            .await
            .expect("the superuser may");
        let mut access =
            File::options().append(true).open(format!("{data}/pg_hba.conf")).expect("it is ours");
        writeln!(access, "host replication all 127.0.0.1/32 trust").expect("it can be written");
        sqlx::raw_sql("select pg_reload_conf()").execute(&mut primary).await.expect("it reloads");
        let folder = tempfile::TempDir::new().expect("a temporary folder can be made");
        let copy = folder.path().join("data");
        let program = |name: &str| {
            let bin =
                std::env::var("TENANTRY_TEST_POSTGRES_BIN").expect("scripts/postgres names its programs");
            Path::new(&bin).join(name)
        };
        // The access that was added counts once the server has read it.
        until("a copy of the cluster", async || {
            drop(std::fs::remove_dir_all(&copy));
            let mut backup = Command::new(program("pg_basebackup"));
            backup.args(["--checkpoint=fast", "-d", &cluster.superuser_url, "-D"]).arg(&copy);
            let copied = backup.stderr(Stdio::null()).status().expect("the program runs");
            copied.success().then_some(())
        })
        .await;
        File::create(copy.join("standby.signal")).expect("a file can be made");
        let owner = std::fs::metadata(&data).expect("the cluster is there").uid();
        let port =
            TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("there is one").port();
        let server = as_user(owner, folder.path(), &program("postgres"))
            .arg("-D")
            .arg(&copy)
            .args(["-p", &port.to_string()])
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let url = format!("postgres://tenantry@127.0.0.1:{port}/tenantry");
        until("the standby", async || PgConnection::connect(&url).await.ok()).await;
        Self { server, url, _folder: folder }
    }
}

impl Drop for Standby {
    fn drop(&mut self) {
        // The server's fast end; killed, it would leave processes behind for a moment.
        drop(Command::new("kill").args(["-INT", &self.server.id().to_string()]).status());
        drop(self.server.wait());
    }
}

/// Begins a command of another user, who then owns the folder; a server of PostgreSQL does not run as root.
fn as_user(user: u32, folder: &Path, program: &Path) -> Command {
    let own = std::fs::metadata(folder).expect("the folder is there").uid();
    if user == own {
        return Command::new(program);
    }
    let given = Command::new("chown").args(["-R", &user.to_string()]).arg(folder).status();
    assert!(given.is_ok_and(|status| status.success()), "root gives its folders away");
    let mut command = Command::new("setpriv");
    command.args([&format!("--reuid={user}"), "--clear-groups"]).arg(program).current_dir(folder);
    command
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_standby_is_refused() {
    tokio::time::timeout(TEST_PATIENCE, refuse_a_standby()).await.expect("nothing waits for ever");
}

async fn refuse_a_standby() {
    let cluster = Cluster::start();
    let standby = Standby::of(&cluster).await;

    let refused = PostgresStore::connect(&standby.url).await.err().expect("the store is refused");

    let said = "the server is a replica";
    assert!(matches!(&refused, StoreFault::Unsafe(reason) if reason.starts_with(said)), "{refused}");
}
