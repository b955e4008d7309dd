//! What the application asks of the world; adapters in `store` and `connectors` answer.

mod clock;
mod copying;
mod erasing;
mod ledger;
mod parking;
mod past;
mod people;
mod platform;
mod read_store;
mod report_files;
mod tasks;
mod vitals;

pub use clock::{Clock, Ids, MovableClock};
pub use copying::{Cell, CopySource, CopyTarget, Fence, Identity, Kind, Row, Standing, Table};
pub use erasing::Erasing;
pub use ledger::{
    AggregateKey, Appended, Batch, ClaimKey, ClaimTaken, CommandKey, CommandRecord, Head, Hints, KeyStore,
    Ledger, NewClaim, NewCommand, NewEvent, NewTenant, Settled, StoreFault, WrappedKey,
};
pub use parking::{Asked, ParkStep, Parked, Parking, Skip};
pub use past::{Past, PastOf};
pub use people::{
    Credential, Letter, Mail, MailContent, MailError, Mailer, Outbox, Session, SignIns, StoredMail,
};
pub use platform::{
    CreateOrganization, Platform, PlatformError, ProvisionPackage, Provisioned, RemovePackage,
};
pub use read_store::{
    Checkpoint, Generation, PageQuery, ReadStore, ReaderState, Scratch, StoredRow, ViewRows, ViewStep,
};
pub use report_files::ReportFiles;
pub use tasks::{LeasedTask, NewTask, ProcessStep, TaskEnd, TaskStore, TaskSummary};
pub use vitals::Vitals;
