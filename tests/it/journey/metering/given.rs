//! What is used: made from numbers, so that it is the same each time.

use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::METERS;
use crate::journey::client::{Client, send};

/// How many different records there are, and how many corrections.
pub(super) const MANY: (usize, usize) = (100_000, 400);

/// The same of another partner.
pub(super) const FEW: (usize, usize) = (2_000, 20);

/// How many reports of each type are built while records come in.
pub(super) const PHASES: usize = 3;

/// One in so many records is sent twice.
const DOUBLED: usize = 20;

/// Records of one body.
const BODY: usize = 1000;

/// Bodies that are on their way at once.
const BODIES_AT_ONCE: usize = 4;

/// The days on which something is used: ends of months, and a change of clocks by half an hour.
const DAYS: [&str; 10] = [
    "2026-01-30",
    "2026-01-31",
    "2026-02-01",
    "2026-02-28",
    "2026-03-01",
    "2026-03-15",
    "2026-03-31",
    "2026-04-01",
    "2026-04-04",
    "2026-04-05",
];

/// What is used, or corrected, once.
#[derive(Debug, Clone)]
pub(super) struct Used {
    pub(super) n: usize,
    pub(super) organization: String,
    pub(super) meter: usize,
    pub(super) time: Timestamp,
    pub(super) value: Decimal,
    pub(super) package: Option<&'static str>,
    pub(super) subscription: Option<String>,
    pub(super) project: Option<String>,
    pub(super) app: Option<String>,
    pub(super) subscriber: Option<String>,
    pub(super) key: Option<String>,
    pub(super) correction: bool,
    /// The report before which it is handed in.
    pub(super) phase: usize,
}

/// An organization that uses something.
#[derive(Debug, Clone, Default)]
pub(super) struct Organization {
    pub(super) id: String,
    /// The subscription that orders its packages.
    pub(super) subscription: Option<String>,
    pub(super) project: Option<String>,
    pub(super) app: Option<String>,
}

/// All that a partner's customers use.
pub(super) struct Given {
    pub(super) used: Vec<Used>,
}

/// Looks random and is the same each time.
fn mixed(n: usize, salt: u64) -> usize {
    let mixed = (n as u64 ^ salt).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    usize::try_from((mixed ^ (mixed >> 32)) >> 16).expect("it fits")
}

impl Used {
    fn new(n: usize, correction: bool, organizations: &[Organization]) -> Self {
        let day: Timestamp =
            format!("{}T00:00:00Z", DAYS[mixed(n, 1) % DAYS.len()]).parse().expect("is a time");
        // Six hours of a day, and no two records at one moment: which of them is the last would be open.
        let second = (mixed(n, 2) % 6) * 4 * 3600 + mixed(n, 3) % 3600;
        let place = SignedDuration::from_secs(i64::try_from(second).expect("it fits"));
        let apart = SignedDuration::from_micros(i64::try_from(n).expect("it fits"));
        let tenths = i64::try_from(mixed(n, 4) % 1000).expect("it fits");
        // A few use much, so that those with a subscription have a part of it.
        let of = &organizations[(mixed(n, 5) % organizations.len()) * usize::from(!n.is_multiple_of(5))];
        let package = [None, Some("webex_calling"), Some("webex_meetings")][mixed(n, 7) % 3];
        Self {
            n,
            organization: of.id.clone(),
            // A difference changes nothing of a meter that does not add up.
            meter: if correction { 0 } else { mixed(n, 6) % METERS.len() },
            time: day + place + apart,
            value: Decimal::new(if correction { tenths - 500 } else { tenths }, 1),
            package,
            subscription: of.subscription.clone().filter(|_| package.is_some()),
            project: of.project.clone().filter(|_| mixed(n, 13).is_multiple_of(2)),
            app: of.app.clone().filter(|_| mixed(n, 14).is_multiple_of(2)),
            subscriber: [None, Some(format!("sbr_01kpm6f1aqfd7v61bznxez3w{:02}", mixed(n, 8) % 5))]
                [mixed(n, 9) % 2]
                .clone(),
            key: (!correction && !n.is_multiple_of(11)).then(|| format!("device-{}", mixed(n, 10) % 40)),
            correction,
            phase: [0, 0, 0, 1, 1, 2][mixed(n, 11) % 6],
        }
    }

    fn body(&self) -> Value {
        let mut data = json!({ "value": self.value.to_string() });
        let mut set = |name: &str, value: Option<&str>| {
            if let Some(value) = value {
                data[name] = json!(value);
            }
        };
        set("package", self.package);
        set("projectId", self.project.as_deref());
        set("appId", self.app.as_deref());
        set("subscriberId", self.subscriber.as_deref());
        set("key", self.key.as_deref());
        json!({
            "specversion": "1.0", "id": self.n.to_string(), "source": "switch-1", "type": METERS[self.meter].0,
            "subject": self.organization, "time": self.time, "data": data,
        })
    }

    fn correction(&self) -> Value {
        let mut data = json!({
            "organizationId": self.organization, "meter": METERS[self.meter].0, "time": self.time,
            "value": self.value.to_string(), "reason": "counted wrong",
        });
        let named = [
            ("package", self.package),
            ("projectId", self.project.as_deref()),
            ("appId", self.app.as_deref()),
            ("subscriberId", self.subscriber.as_deref()),
        ];
        for (name, value) in named {
            if let Some(value) = value {
                data[name] = json!(value);
            }
        }
        json!({ "command": "CorrectUsage", "idempotencyKey": format!("correction-{}", self.n), "data": data })
    }
}

impl Given {
    /// Makes so many records and corrections of some organizations.
    pub(super) fn new((records, corrections): (usize, usize), organizations: &[Organization]) -> Self {
        let used = (0..records + corrections).map(|n| Used::new(n, n >= records, organizations));
        Self { used: used.collect() }
    }

    /// Hands in what comes in a phase, shuffled, some of it twice, and what was sent before once more.
    pub(super) async fn hand_in(&self, service: &Client, phase: usize) {
        let of = |used: &&Used| used.phase == phase && !used.correction;
        let mut records: Vec<&Used> = self.used.iter().filter(of).collect();
        let fresh = records.len();
        let known = self.used.iter().filter(|used| used.phase <= phase && !used.correction);
        records.extend(known.filter(|used| used.n % DOUBLED == phase));
        records.sort_by_key(|used| mixed(used.n, 12 + phase as u64));
        let mut bodies =
            records.chunks(BODY).map(|chunk| chunk.iter().map(|used| used.body()).collect::<Value>());
        let (mut sending, mut accepted) = (JoinSet::new(), 0);
        loop {
            while sending.len() < BODIES_AT_ONCE
                && let Some(body) = bodies.next()
            {
                sending.spawn(take(service.clone(), body));
            }
            match sending.join_next().await {
                Some(taken) => accepted += taken.expect("it is taken"),
                None => break,
            }
        }
        assert_eq!(accepted, fresh, "each counts once");
        self.correct(service, phase).await;
    }

    async fn correct(&self, service: &Client, phase: usize) {
        let corrections = self.used.iter().filter(|used| used.correction && used.phase == phase);
        let lines: Vec<String> = corrections.map(|used| used.correction().to_string()).collect();
        let request = service.request(Method::POST, "/api/v1/commands");
        let request = request.header("content-type", "application/x-ndjson").body(lines.join("\n"));
        let reply = send(request).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        let refused = reply.text.lines().find(|line| !line.contains("\"status\":200"));
        assert_eq!(refused, None);
    }
}

/// Hands in a body; returns how many records of it were not known.
async fn take(service: Client, body: Value) -> usize {
    let request = service.request(Method::POST, "/api/v1/usage");
    let request = request.header("content-type", "application/cloudevents-batch+json").body(body.to_string());
    let answer = send(request).await.expect(200);
    assert_eq!(answer["refused"], json!([]));
    usize::try_from(answer["accepted"].as_u64().expect("it is a number")).expect("it fits")
}
