//! What shells and manuals need: `completions` and `man`.

use std::io::Write;

use clap::{Command, CommandFactory};
use clap_complete::Shell;

use super::arguments::Arguments;
use super::failure::Failure;

/// Prints what completes the command line in a shell.
pub(crate) fn complete(shell: Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "tenantry", &mut script);
    print(&script)
}

/// Prints the manual page of all, or of one verb.
pub(crate) fn manual(verb: &[String]) -> Result<(), Failure> {
    let mut command = Arguments::command();
    command.build();
    let mut name = "tenantry".to_owned();
    for word in verb {
        let unknown = || Failure::Usage(format!("{name} has no verb {word}"));
        let below: Command = command.find_subcommand(word).cloned().ok_or_else(unknown)?;
        name = format!("{name}-{word}");
        command = below.name(name.clone());
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    print(&page)
}

fn print(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes)?;
    Ok(out.flush()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }
}
