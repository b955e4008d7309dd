//! Precedence, origins, and refusals of a configuration.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{Configuration, Environment, Origin, Shown};

fn load(file: &str, variables: &[(&str, &str)], flags: &Value) -> Result<Configuration, String> {
    let folder = TempDir::new().expect("the disk takes a folder");
    let path = folder.path().join("tenantry.toml");
    std::fs::write(&path, file).expect("the disk takes a file");
    let environment: Environment =
        variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Configuration::load(Some(&path), environment, flags).map_err(|failure| failure.to_string())
}

fn shown(configuration: &Configuration, key: &str) -> Shown {
    configuration.shown().into_iter().find(|shown| shown.key == key).expect("is a key")
}

#[test]
fn a_flag_goes_before_the_environment_which_goes_before_the_file() {
    let file = "listen = '127.0.0.1:1'\ndemo = true\nlog_level = 'debug'";
    let variables = [("TENANTRY_LISTEN", "127.0.0.1:2"), ("TENANTRY_LOG_LEVEL", "trace")];
    let configuration = load(file, &variables, &json!({ "listen": "127.0.0.1:3" })).expect("is well-formed");
    let values = &configuration.values;
    assert_eq!((values.listen.port(), values.demo), (3, true));
    assert_eq!(values.log_level.as_deref(), Some("trace"));
    assert_eq!(configuration.origin("listen"), Origin::Flag("--listen".to_owned()));
    assert_eq!(configuration.origin("log_level"), Origin::Environment("TENANTRY_LOG_LEVEL".to_owned()));
    assert!(matches!(configuration.origin("demo"), Origin::File(path) if path.ends_with("tenantry.toml")));
    assert_eq!(configuration.origin("data_dir"), Origin::Default);
}

#[test]
fn an_unknown_key_of_the_file_is_refused_with_the_nearest_known_one() {
    let refusal = load("data-dir = 'x'", &[], &json!({})).err().expect("is refused");
    assert!(refusal.contains("unknown key data-dir; the nearest is data_dir"), "{refusal}");
}

#[test]
fn a_value_that_does_not_fit_is_refused_with_its_place() {
    let refusal = load("", &[("TENANTRY_LOGS", "many")], &json!({})).err().expect("is refused");
    assert!(refusal.contains("logs") && refusal.contains("TENANTRY_LOGS"), "{refusal}");
}

#[test]
fn a_file_that_was_named_and_is_not_there_is_refused() {
    let missing = Path::new("/nowhere/tenantry.toml");
    let refusal = Configuration::load(Some(missing), Environment::default(), &json!({})).err();
    assert!(refusal.is_some_and(|failure| failure.to_string().contains("/nowhere/tenantry.toml")));
}

#[test]
fn a_fault_within_a_list_names_the_whole_key() {
    let refusal = load("", &[], &json!({ "offered_countries": ["DE", "XX"] })).err().expect("is refused");
    assert!(
        refusal.contains("offered_countries.1") && refusal.contains("(from --offered-countries)"),
        "{refusal}"
    );
}

#[test]
fn a_request_for_consent_waits_from_one_to_ninety_days() {
    for days in [0, 91] {
        let refusal = load(&format!("consent_days = {days}"), &[], &json!({})).err().expect("is refused");
        assert!(refusal.contains("consent_days is from 1 to 90"), "{refusal}");
    }
    assert_eq!(load("consent_days = 90", &[], &json!({})).expect("it fits").values.consent_days, 90);
}

#[test]
fn more_than_one_log_is_refused() {
    let refusal = load("logs = 2", &[], &json!({})).err().expect("is refused");
    assert!(refusal.contains("logs must be 1"), "{refusal}");
}

#[test]
fn lists_are_read_from_text_and_from_the_file() {
    let variables = [("TENANTRY_OFFERED_COUNTRIES", "DE, AT")];
    let configuration =
        load("simulated_refused = ['webex_meetings']", &variables, &json!({})).expect("is well-formed");
    assert_eq!(shown(&configuration, "offered_countries").value, "DE,AT");
    assert_eq!(configuration.values.simulated_refused.len(), 1);
}

#[test]
fn the_store_is_in_the_data_folder_unless_it_is_named() {
    let configuration = load("data_dir = '/somewhere'", &[], &json!({})).expect("is well-formed");
    assert_eq!(configuration.values.store(), "sqlite:/somewhere/ledger.db");
}

#[test]
fn secrets_and_passwords_are_never_shown() {
    let variables =
        [("TENANTRY_WRAPPING_KEY", "secret-1"), ("TENANTRY_STORE", "postgres://me:secret-2@host/db")];
    let configuration = load("key = 'secret-3'", &variables, &json!({})).expect("is well-formed");
    let all = serde_json::to_string(&configuration.shown()).expect("is JSON");
    assert!(!all.contains("secret"), "{all}");
    assert_eq!(shown(&configuration, "store").value, "postgres://me:hidden@host/db");
}

#[test]
fn variables_that_nothing_reads_are_found() {
    let variables = [("TENANTRY_LISTN", "127.0.0.1:1"), ("TENANTRY_CONFIG", ""), ("HOME", "/")];
    let configuration = load("", &variables, &json!({})).expect("is well-formed");
    assert_eq!(configuration.unknown_variables(), ["TENANTRY_LISTN"]);
}
