//! Backups of the embedded store, made while the program works, and stores made anew from them.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::harness::{Acknowledged, Store, assert_sound, dump};
use crate::journey::asked::Asked;
use crate::journey::cast::Partner;
use crate::journey::load::Load;
use crate::journey::program::{Home, Program};
use crate::journey::verbs::{Where, answered, refused};

mod sqlite_only {
    use super::{
        a_backup_that_was_spoilt_is_not_restored, a_backup_under_load_is_restored_whole,
        a_backup_without_its_key_needs_the_key, nothing_is_overwritten,
    };

    on_one_database!(
        sqlite: a_backup_under_load_is_restored_whole, nothing_is_overwritten,
        a_backup_that_was_spoilt_is_not_restored, a_backup_without_its_key_needs_the_key
    );
}

mod postgres_only {
    use super::a_store_on_postgres_is_backed_up_by_its_database;

    on_one_database!(postgres: a_store_on_postgres_is_backed_up_by_its_database);
}

fn text(path: &Path) -> &str {
    path.to_str().expect("the path is text")
}

/// Makes a backup of a store; returns its folder and what the verb answered.
fn back_up(store: &Store, home: &Home, name: &str, options: &[&str]) -> (PathBuf, Value) {
    let folder = home.path().join(name);
    let verb = [&["backup", text(&folder)], options].concat();
    let answer = answered(home, &Where::Store(store), &verb);
    (folder, answer)
}

fn restore(backup: &Path, store: &Store, home: &Home) -> Value {
    answered(home, &Where::Store(store), &["restore", text(backup)])
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("is read").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).expect("it is there").permissions().mode() & 0o777
}

async fn a_backup_under_load_is_restored_whole(store: &Store) {
    let (home, new_home, new) = (Home::new(), Home::new(), store.another().await);
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    let before = Load::start(&partner.service, &template, "before", 2);
    before.answered(6).await;
    let told: Vec<Acknowledged> = before.stop().await.into_iter().map(Asked::acknowledged).collect();
    let during = Load::start(&partner.service, &template, "during", 3);
    during.answered(3).await;

    let (backup, made) = back_up(store, &home, "backup", &[]);

    during.answered(3).await;
    during.stop().await;
    program.terminate().await;
    assert_eq!(names(&backup), ["ledger.db", "manifest.json", "wrapping.key"]);
    assert_eq!(mode(&backup), 0o700);
    assert!(names(&backup).iter().all(|name| mode(&backup.join(name)) == 0o600));
    let manifest = std::fs::read_to_string(backup.join("manifest.json")).expect("it is there");
    let manifest: Value = serde_json::from_str(&manifest).expect("it is JSON");
    assert_eq!(manifest["position"], made["position"]);

    let restored = restore(&backup, &new, &new_home);

    assert_eq!(restored["position"], made["position"]);
    assert_eq!(mode(&new_home.path().join("data/wrapping.key")), 0o600);
    let (all, kept) = (dump(store).await, dump(&new).await);
    assert!(kept.iter().all(|row| all.contains(row)), "the backup holds only what was there");
    let program = Program::start(&new, &new_home, &[]).await;
    let operator = program.operator();
    assert_sound(&new, Some(&operator), &told).await;
    partner.at(&program).provisioned(&template, "after-the-restore").await;
    assert_sound(&new, Some(&operator), &told).await;
}

async fn nothing_is_overwritten(store: &Store) {
    let home = Home::new();
    Program::start(store, &home, &[]).await.terminate().await;
    let (backup, _) = back_up(store, &home, "backup", &[]);
    let before = dump(store).await;

    let (_, backed_up) = refused(&home, &Where::Store(store), &["backup", text(&backup)]);
    let (code, restored) = refused(&home, &Where::Store(store), &["restore", text(&backup)]);

    assert!(backed_up.contains("is there already"), "{backed_up}");
    assert!(code == 1 && restored.contains("nothing is overwritten"), "{restored}");
    assert_eq!(dump(store).await, before);
    // Nor is the key of another store.
    let (new, new_home) = (store.another().await, Home::new());
    let file = new_home.path().join("data/wrapping.key");
    std::fs::create_dir(new_home.path().join("data")).expect("a folder can be made");
    std::fs::write(&file, "B".repeat(42) + "A").expect("a file can be written");
    let (_, said) = refused(&new_home, &Where::Store(&new), &["restore", text(&backup)]);
    assert!(said.contains("the key of another store"), "{said}");
    assert!(!new.folder().join("tenantry.db").exists());
}

async fn a_backup_that_was_spoilt_is_not_restored(store: &Store) {
    let (home, new) = (Home::new(), store.another().await);
    Program::start(store, &home, &[]).await.terminate().await;
    let (backup, _) = back_up(store, &home, "backup", &[]);
    let place = Where::Store(&new);
    let no_backup = refused(&home, &place, &["restore", text(&home.path().join("tmp"))]).1;
    let file = backup.join("ledger.db");
    let whole = std::fs::read(&file).expect("it is there");
    let mut spoilt = whole.clone();
    let middle = spoilt.len() / 2;
    spoilt[middle] ^= 1;

    std::fs::write(&file, spoilt).expect("a file can be written");
    let flipped = refused(&home, &place, &["restore", text(&backup)]).1;
    std::fs::write(&file, &whole[..middle]).expect("a file can be written");
    let cut = refused(&home, &place, &["restore", text(&backup)]).1;

    assert!(no_backup.contains("is no backup"), "{no_backup}");
    for said in [flipped, cut] {
        assert!(said.contains("is not what the manifest says"), "{said}");
    }
    assert_eq!(names(&new.folder()), Vec::<String>::new());
    std::fs::write(&file, &whole).expect("a file can be written");
    restore(&backup, &new, &home);
}

async fn a_backup_without_its_key_needs_the_key(store: &Store) {
    let (home, new_home, new) = (Home::new(), Home::new(), store.another().await);
    Program::start(store, &home, &[]).await.terminate().await;
    let (backup, _) = back_up(store, &home, "backup", &["--without-key"]);

    let (_, said) = refused(&new_home, &Where::Store(&new), &["restore", text(&backup)]);

    assert_eq!(names(&backup), ["ledger.db", "manifest.json"]);
    assert!(said.contains("the wrapping key of the store is needed"), "{said}");
    assert_eq!(names(&new.folder()), Vec::<String>::new());
    std::fs::create_dir(new_home.path().join("data")).expect("a folder can be made");
    let key = |home: &Home| home.path().join("data/wrapping.key");
    std::fs::copy(key(&home), key(&new_home)).expect("a file can be copied");
    restore(&backup, &new, &new_home);
    Program::start(&new, &new_home, &[]).await.terminate().await;
}

async fn a_store_on_postgres_is_backed_up_by_its_database(store: &Store) {
    let home = Home::new();

    let (code, said) = refused(&home, &Where::Store(store), &["backup", text(&home.path().join("backup"))]);

    assert_eq!(code, 2);
    assert!(said.contains("base backup and archived WAL"), "{said}");
    assert!(!home.path().join("backup").exists());
}
