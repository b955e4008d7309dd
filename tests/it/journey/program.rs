//! The program itself as a child process: started, told to stop, killed.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use tempfile::TempDir;
use tokio::sync::oneshot;

use super::client::{Client, text};
use super::waiting::until;
use crate::harness::Store;

/// The operator key that every program of the tests is given.
pub(crate) const OPERATOR_KEY: &str = "operator-key-of-the-tests-0123456789";

/// The key under which servers on PostgreSQL wrap the keys of persons: 32 bytes in base64url.
pub(crate) const WRAPPING_KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

/// Where a server lives besides its store: keys, temporary files and logs, all gone with the test.
pub(crate) struct Home {
    folder: TempDir,
    starts: AtomicU32,
}

impl Home {
    /// Makes an empty home.
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().expect("a temporary folder can be made");
        std::fs::create_dir(folder.path().join("tmp")).expect("a folder can be made");
        Self { folder, starts: AtomicU32::new(0) }
    }

    /// Returns the folder that holds all of it.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Returns the file for the log of the next start.
    fn next_log(&self) -> PathBuf {
        self.log_of(self.starts.fetch_add(1, Ordering::Relaxed))
    }

    fn log_of(&self, start: u32) -> PathBuf {
        self.folder.path().join(format!("start-{start}.log"))
    }
}

impl Drop for Home {
    /// Shows the warnings and errors that the programs of a failed test logged.
    fn drop(&mut self) {
        if !std::thread::panicking() {
            return;
        }
        for start in 0..self.starts.load(Ordering::Relaxed) {
            let log = std::fs::read_to_string(self.log_of(start)).unwrap_or_default();
            for line in log.lines().filter(|line| line.contains(" WARN ") || line.contains("ERROR ")) {
                eprintln!("start {start}: {line}");
            }
        }
    }
}

/// A running program; dropping it kills it.
pub(crate) struct Program {
    child: Child,
    /// Where it answers.
    pub(crate) url: String,
    said: Lines,
    listener: Option<JoinHandle<()>>,
}

/// The lines that a program has printed so far.
type Lines = Arc<Mutex<Vec<String>>>;

impl Program {
    /// Starts the program on a store and waits until it says that it is ready.
    pub(crate) async fn start(store: &Store, home: &Home, options: &[&str]) -> Self {
        let log = home.next_log();
        let mut child = command(store, home)
            .args(options)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(&log).expect("a log can be made"))
            .spawn()
            .expect("the program starts");
        let stdout = child.stdout.take().expect("its output is piped");
        let (first, ready) = oneshot::channel();
        let said = Lines::default();
        let heard = said.clone();
        let listener = std::thread::spawn(move || {
            let mut lines = BufReader::new(stdout).lines().map_while(Result::ok);
            let hear = |line| heard.lock().unwrap_or_else(PoisonError::into_inner).push(line);
            let line = lines.next().unwrap_or_default();
            hear(line.clone());
            drop(first.send(line));
            lines.for_each(hear);
        });
        let mut program = Self { child, url: String::new(), said, listener: Some(listener) };
        let line = ready.await.expect("the first line is passed on");
        let Some(url) = line.strip_prefix("ready ") else {
            drop(program.child.kill());
            let log = std::fs::read_to_string(&log).unwrap_or_default();
            panic!("the program did not get ready; it said {line:?} and logged:\n{log}");
        };
        url.clone_into(&mut program.url);
        program
    }

    /// Starts the program where it does not start; returns what it logs.
    pub(crate) fn refused(store: &Store, home: &Home, options: &[&str]) -> String {
        let ended = command(store, home).args(options).stdin(Stdio::null()).output();
        let ended = ended.expect("the program starts");
        assert!(!ended.status.success(), "it is to be refused");
        String::from_utf8_lossy(&ended.stderr).into_owned()
    }

    /// Returns a client with the key of the operator.
    pub(crate) fn operator(&self) -> Client {
        Client::new(&self.url, OPERATOR_KEY)
    }

    /// Returns what the program printed after a name, as a demonstration prints its keys.
    pub(crate) async fn printed(&self, name: &str) -> String {
        until(name, async || {
            let said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
            said.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ').map(str::to_owned))
        })
        .await
    }

    /// Returns where the log ends now; a read that names it misses nothing.
    pub(crate) async fn head(&self) -> String {
        text(&self.operator().read("/api/v1/projections").await, "position")
    }

    /// Sends the program a signal.
    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([format!("-{name}"), self.child.id().to_string()]).status();
        assert!(sent.is_ok_and(|status| status.success()), "a signal can be sent");
    }

    /// Tells the program to stop and waits until it has; returns how it ended and the lines that it printed.
    pub(crate) async fn terminate(mut self) -> (ExitStatus, Vec<String>) {
        self.signal("TERM");
        let child = &mut self.child;
        let status =
            until("the end of the program", async || child.try_wait().expect("it is our child")).await;
        let listener = self.listener.take().expect("it is stopped once");
        listener.join().expect("reading lines does not panic");
        (status, std::mem::take(&mut *self.said.lock().unwrap_or_else(PoisonError::into_inner)))
    }

    /// Kills the program where it stands.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("our child can be killed");
        self.child.wait().expect("it is our child");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// The program, which knows nothing of the surroundings in which the tests run.
pub(crate) fn bare(home: &Home) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tenantry"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("TENANTRY_") {
            command.env_remove(name);
        }
    }
    command.current_dir(home.path()).env("TMPDIR", home.path().join("tmp"));
    command
}

/// The command line of a server.
fn command(store: &Store, home: &Home) -> Command {
    let mut command = bare(home);
    command
        .args(["serve", "--listen", "127.0.0.1:0", "--store", &store.url(), "--data-dir"])
        .arg(home.path().join("data"))
        .env("TENANTRY_OPERATOR_KEY", OPERATOR_KEY)
        .env("TENANTRY_LOG_LEVEL", "debug");
    if let Some(key) = wrapping_key(store) {
        command.env("TENANTRY_WRAPPING_KEY", key);
    }
    command
}

/// Returns the wrapping key that a server on the store is given; on SQLite it makes one of its own.
pub(crate) fn wrapping_key(store: &Store) -> Option<&'static str> {
    match store {
        Store::Sqlite(_) => None,
        Store::Postgres { .. } => Some(WRAPPING_KEY),
    }
}
