//! The program `tenantry`.

use std::process::ExitCode;

/// With many threads, the allocator of glibc took a third of what a busy server did.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    tenantry::cli::run()
}
