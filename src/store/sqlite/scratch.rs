//! Scratch copies of views in temporary files, whatever database the store itself is on.

use async_trait::async_trait;

use super::connect::SqliteStore;
use crate::ports::{ReadStore, Scratch, StoreFault};

/// Makes scratch stores in the machine's folder for temporary files.
#[derive(Debug, Clone, Copy, Default)]
pub struct TemporaryFiles;

#[async_trait]
impl Scratch for TemporaryFiles {
    async fn open(&self) -> Result<Box<dyn ReadStore>, StoreFault> {
        let away = |source: std::io::Error| StoreFault::Unavailable {
            doing: "make a scratch copy",
            source: source.into(),
        };
        let folder = tempfile::tempdir().map_err(away)?;
        let mut store =
            SqliteStore::open(&format!("sqlite:{}", folder.path().join("scratch.db").display())).await?;
        store.migrate().await?;
        store.keep(folder);
        Ok(Box::new(store))
    }
}
