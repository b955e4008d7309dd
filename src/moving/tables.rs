//! The tables that make a store, in the order in which they are carried.

use crate::limits::{COPY_PARTS, COPY_ROWS};
use crate::ports::Kind::{Bytes, Json, Number, Text};
use crate::ports::Table;

/// Where each log ends.
pub(super) const LOGS: Table = Table {
    name: "logs",
    columns: &[("log", Number), ("head", Number), ("recorded_at", Number)],
    key: &["log"],
    history: false,
    page: COPY_ROWS,
};

/// How far readers have come. Those of views are not carried: their rows are filled anew.
pub(super) const PROJECTIONS: Table = Table {
    name: "projections",
    columns: &[
        ("name", Text),
        ("generation", Number),
        ("log", Number),
        ("position", Number),
        ("fence", Number),
        ("lease_owner", Text),
        ("lease_until", Number),
        ("state", Text),
        ("error", Text),
        ("version", Number),
    ],
    key: &["name", "generation", "log"],
    history: false,
    page: COPY_ROWS,
};

const EVENTS: Table = Table {
    name: "events",
    columns: &[
        ("log", Number),
        ("position", Number),
        ("tenant_id", Text),
        ("aggregate_type", Text),
        ("aggregate_id", Text),
        ("sequence", Number),
        ("event_type", Text),
        ("event_version", Text),
        ("payload", Json),
        ("metadata", Json),
        ("recorded_at", Number),
    ],
    key: &["log", "position"],
    history: true,
    page: COPY_ROWS,
};

const COMMANDS: Table = Table {
    name: "commands",
    columns: &[
        ("tenant_id", Text),
        ("scope", Text),
        ("command_id", Text),
        ("fingerprint", Bytes),
        ("command_type", Text),
        ("answer", Json),
        ("first_position", Number),
        ("last_position", Number),
        ("log", Number),
        ("recorded_at", Number),
    ],
    key: &["tenant_id", "scope", "command_id", "log"],
    history: true,
    page: COPY_ROWS,
};

const CLAIMS: Table = Table {
    name: "claims",
    columns: &[("tenant_id", Text), ("kind", Text), ("value", Text), ("aggregate_id", Text), ("log", Number)],
    key: &["tenant_id", "kind", "value", "log"],
    history: false,
    page: COPY_ROWS,
};

const PERSON_KEYS: Table = Table {
    name: "person_keys",
    columns: &[
        ("tenant_id", Text),
        ("subject", Text),
        ("generation", Number),
        ("algorithm", Text),
        ("wrapped_key", Text),
        ("log", Number),
    ],
    key: &["tenant_id", "subject", "generation", "log"],
    history: false,
    page: COPY_ROWS,
};

const TASKS: Table = Table {
    name: "tasks",
    columns: &[
        ("task_id", Text),
        ("log", Number),
        ("tenant_id", Text),
        ("process", Text),
        ("kind", Text),
        ("payload", Json),
        ("origin", Json),
        ("attempts", Number),
        ("not_before", Number),
        ("lease_owner", Text),
        ("lease_until", Number),
        ("fence", Number),
        ("last_error", Text),
    ],
    key: &["task_id", "log"],
    history: false,
    page: COPY_ROWS,
};

const PARKED: Table = Table {
    name: "parked",
    columns: &[
        ("name", Text),
        ("generation", Number),
        ("log", Number),
        ("tenant_id", Text),
        ("position", Number),
        ("error", Text),
        ("parked_at", Number),
        ("asked", Number),
        ("tried", Number),
        ("asked_by", Text),
        ("reason", Text),
        ("settled_at", Number),
    ],
    key: &["name", "generation", "log", "tenant_id"],
    history: false,
    page: COPY_ROWS,
};

/// Every table that is carried. The history goes first: it is large, and the only part that need not be begun anew.
pub const TABLES: &[Table] = &[
    LOGS,
    EVENTS,
    COMMANDS,
    Table {
        name: "tenants",
        columns: &[("tenant_id", Text), ("kind", Text), ("log", Number)],
        key: &["tenant_id"],
        history: false,
        page: COPY_ROWS,
    },
    CLAIMS,
    PERSON_KEYS,
    PROJECTIONS,
    Table {
        name: "process_state",
        columns: &[
            ("process", Text),
            ("process_id", Text),
            ("log", Number),
            ("state", Json),
            ("position", Number),
        ],
        key: &["process", "process_id", "log"],
        history: false,
        page: COPY_ROWS,
    },
    TASKS,
    PARKED,
    Table {
        name: "skips",
        columns: &[
            ("name", Text),
            ("log", Number),
            ("position", Number),
            ("tenant_id", Text),
            ("asked_by", Text),
            ("reason", Text),
            ("skipped_at", Number),
        ],
        key: &["name", "log", "position"],
        history: false,
        page: COPY_ROWS,
    },
    Table {
        name: "credentials",
        columns: &[
            ("credential_id", Text),
            ("tenant_id", Text),
            ("subject", Text),
            ("password_hash", Text),
            ("log", Number),
        ],
        key: &["credential_id", "log"],
        history: false,
        page: COPY_ROWS,
    },
    Table {
        name: "sessions",
        columns: &[
            ("session_id", Text),
            ("tenant_id", Text),
            ("holder", Text),
            ("expires_at", Number),
            ("log", Number),
        ],
        key: &["session_id", "log"],
        history: false,
        page: COPY_ROWS,
    },
    Table {
        name: "outbox",
        columns: &[
            ("message_id", Text),
            ("tenant_id", Text),
            ("kind", Text),
            ("sealed", Text),
            ("created_at", Number),
            ("log", Number),
        ],
        key: &["message_id", "log"],
        history: false,
        page: COPY_ROWS,
    },
    Table {
        name: "report_files",
        columns: &[
            ("report_id", Text),
            ("tenant_id", Text),
            ("part", Number),
            ("content", Text),
            ("log", Number),
        ],
        key: &["report_id", "part", "log"],
        history: false,
        page: COPY_PARTS,
    },
];

/// Tables that are not carried as rows: the mark of the store itself, and the steps of its schema.
pub const LEFT: &[&str] = &["meta", "_sqlx_migrations"];
