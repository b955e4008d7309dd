//! Usage as a table for spreadsheets.

use rust_decimal::Decimal;
use tenantry_domain::organization::Organization;
use tenantry_projections::RowKey;

use super::counted::{Definitions, value_of};
use super::{Groups, UsageRequest, Used, Windows, has_subscriptions};
use crate::app::sheet::{Cell, Sheet};
use crate::app::{App, Caller, Rejection, write_cursor};

const COLUMNS: [&str; 12] = [
    "windowStart",
    "windowEnd",
    "organizationId",
    "organizationName",
    "subscriptionId",
    "projectId",
    "appId",
    "package",
    "meter",
    "unit",
    "rawQuantity",
    "billableQuantity",
];

/// The columns that an organization does not see (R26).
const OF_PARTNERS: [&str; 2] = ["subscriptionId", "billableQuantity"];

/// Returns the cells of a line that the caller sees.
fn shown<T: Clone>(line: &[T; COLUMNS.len()], whole: bool) -> Vec<T> {
    let cells = COLUMNS.iter().zip(line).filter(|(name, _)| whole || !OF_PARTNERS.contains(name));
    cells.map(|(_, cell)| cell.clone()).collect()
}

/// A page of a table.
#[derive(Debug)]
pub struct SheetPage {
    /// The table, with a line of titles.
    pub text: String,
    /// Position of the log that it shows.
    pub position: i64,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

impl App {
    /// Returns usage as a table: a line for each window, organization, meter and group.
    pub async fn usage_sheet(&self, caller: &Caller, request: UsageRequest) -> Result<SheetPage, Rejection> {
        if request.comparison.is_some() {
            let detail = "a comparison has no table; ask for JSON";
            return Err(Rejection::malformed("compare", "not_offered", detail));
        }
        let wanted = self.wanted_usage(caller, &request).await?;
        let tenant_id = wanted.tenant_id;
        let whole = has_subscriptions(tenant_id);
        let request = UsageRequest { groups: Groups { subscription: whole, ..Groups::ALL }, ..request };
        let Windows { used, position, next } = self.windows(wanted, &request).await?;
        let next = next.map(|key| write_cursor(&RowKey { tenant_id, key }));
        let mut sheet = Sheet::new(&shown(&COLUMNS, whole));
        let mut definitions = Definitions::default();
        for used in &used {
            sheet.line(&shown(&self.line(used, &request, &mut definitions).await?, whole));
        }
        Ok(SheetPage { text: sheet.into_text(), position, next })
    }

    async fn line(
        &self,
        used: &Used,
        request: &UsageRequest,
        definitions: &mut Definitions,
    ) -> Result<[Cell; 12], Rejection> {
        let Used { organization_id, start, meter, place, tally, .. } = used;
        let (tenant_id, id) = (Some((*organization_id).into()), organization_id.to_string());
        let organization = self.streams.state::<Organization>(tenant_id, &id, false).await?;
        let name = organization.state.created.as_ref().map(|created| created.name.as_str());
        let definition = definitions.find(self, meter).await?;
        let billable = value_of(tally, definition).unwrap_or(Decimal::ZERO);
        Ok([
            Cell::text(start),
            Cell::text(request.window.end(&request.zone, *start)),
            Cell::text(organization_id),
            Cell::maybe(name),
            Cell::maybe(place.subscription_id),
            Cell::maybe(place.project_id),
            Cell::maybe(place.app_id),
            Cell::maybe(place.package),
            Cell::text(meter.as_str()),
            Cell::text(definition.map(|meter| meter.unit.as_str()).unwrap_or_default()),
            Cell::number(tally.sum),
            Cell::number(billable),
        ])
    }
}
