//! Lists and single objects of every noun.

use axum::http::HeaderMap;
use axum::http::header::LINK;
use clap::Args;
use serde_json::json;

use super::client::Call;
use super::configuration::Configuration;
use super::failure::Failure;
use super::output::{self, Column, Format};
use super::verbs;
use crate::limits::PAGE_ROWS_MAX;

/// A kind of thing that can be listed and shown.
pub(crate) struct Noun {
    /// Its path below `/api/v1`.
    pub(crate) path: &'static str,
    /// What a list tells of each.
    pub(crate) columns: &'static [Column],
}

/// Options of every list.
#[derive(Debug, Clone, Args)]
pub(crate) struct ListOptions {
    /// Only those of this tenant: a partner's ID, or platform
    #[arg(long, value_name = "ID")]
    partner: Option<String>,
    #[command(flatten)]
    rows: RowOptions,
}

/// How much of a list is wanted.
#[derive(Debug, Clone, Args)]
pub(crate) struct RowOptions {
    /// The most rows [default: all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) limit: Option<u64>,
}

/// A thing that is named.
#[derive(Debug, Clone, Args)]
pub(crate) struct Named {
    /// Its ID
    pub(crate) id: String,
}

impl Noun {
    /// Shows a list, page by page.
    pub(crate) async fn list<const N: usize>(
        &self,
        configuration: &Configuration,
        options: &ListOptions,
        filters: [(&str, Option<&str>); N],
    ) -> Result<(), Failure> {
        let first = Call::get(&[self.path]).query(filters).query([("tenant", options.partner.as_deref())]);
        self.list_pages(configuration, &options.rows, first).await
    }

    /// Shows a list whose first page is asked for like this.
    pub(crate) async fn list_pages(
        &self,
        configuration: &Configuration,
        options: &RowOptions,
        first: Call,
    ) -> Result<(), Failure> {
        let format = verbs::format(configuration);
        let wanted = options.limit.unwrap_or(u64::MAX);
        verbs::reading(configuration, async |client| {
            let (mut rows, mut cursor, mut left) = (Vec::new(), None::<String>, wanted);
            let position = loop {
                let limit = left.min(PAGE_ROWS_MAX.unsigned_abs()).to_string();
                let page = [("limit", Some(limit.as_str())), ("cursor", cursor.as_deref())];
                let (headers, mut answer) = client.json(&first.clone().query(page)).await?;
                let items = output::items(&answer);
                left = left.saturating_sub(items.len() as u64);
                match format {
                    Format::Ndjson => output::lines(items)?,
                    Format::Table | Format::Json => rows.extend_from_slice(items),
                }
                cursor = next_cursor(&headers).filter(|_| left > 0);
                if cursor.is_none() {
                    break answer["position"].take();
                }
            };
            match format {
                Format::Ndjson => Ok(()),
                Format::Table | Format::Json => {
                    let mut answer = json!({ "items": rows });
                    if !position.is_null() {
                        answer["position"] = position;
                    }
                    Ok(output::list(format, self.columns, &answer)?)
                }
            }
        })
        .await
    }

    /// Shows one of them.
    pub(crate) async fn show(&self, configuration: &Configuration, named: &Named) -> Result<(), Failure> {
        let call = Call::get(&[self.path, &named.id]);
        verbs::reading(configuration, async |client| {
            let (_, item) = client.json(&call).await?;
            output::one(verbs::format(configuration), &item)?;
            Ok(())
        })
        .await
    }
}

/// Returns the cursor of the next page, from the link to it.
pub(super) fn next_cursor(headers: &HeaderMap) -> Option<String> {
    let links = headers.get(LINK)?.to_str().ok()?;
    let next = links.split(',').find(|link| link.contains("rel=\"next\""))?;
    let (_, query) = next.split_once('<')?.1.split_once('>')?.0.split_once('?')?;
    let parameters: Vec<(String, String)> = serde_urlencoded::from_str(query).ok()?;
    parameters.into_iter().find(|(name, _)| name == "cursor").map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_is_found_in_its_link() {
        let mut headers = HeaderMap::new();
        assert_eq!(next_cursor(&headers), None);
        let link = "</api/v1/customers?cursor=a%2Bb&limit=2>; rel=\"next\"";
        headers.insert(LINK, link.parse().expect("is a value"));
        assert_eq!(next_cursor(&headers), Some("a+b".to_owned()));
    }
}
