--
-- PostgreSQL database dump
--


-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)


--
-- Name: refuse_rewrite(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.refuse_rewrite() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    raise exception '% is append-only: % is refused', tg_table_name, lower(tg_op)
        using errcode = 'insufficient_privilege';
end
$$;




--
-- Name: _sqlx_migrations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public._sqlx_migrations (
    version bigint NOT NULL,
    description text NOT NULL,
    installed_on timestamp with time zone DEFAULT now() NOT NULL,
    success boolean NOT NULL,
    checksum bytea NOT NULL,
    execution_time bigint NOT NULL
);


--
-- Name: claims; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.claims (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C",
    aggregate_id text NOT NULL COLLATE pg_catalog."C",
    log integer NOT NULL
);


--
-- Name: commands; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.commands (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    scope text NOT NULL COLLATE pg_catalog."C",
    command_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint bytea NOT NULL,
    command_type text NOT NULL COLLATE pg_catalog."C",
    answer json NOT NULL,
    first_position bigint,
    last_position bigint NOT NULL,
    log integer NOT NULL,
    recorded_at bigint NOT NULL
);


--
-- Name: credentials; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.credentials (
    credential_id text NOT NULL COLLATE pg_catalog."C",
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    password_hash text NOT NULL COLLATE pg_catalog."C",
    log integer NOT NULL
);


--
-- Name: events; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.events (
    log integer NOT NULL,
    "position" bigint NOT NULL,
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    aggregate_type text NOT NULL COLLATE pg_catalog."C",
    aggregate_id text NOT NULL COLLATE pg_catalog."C",
    sequence bigint NOT NULL,
    event_type text NOT NULL COLLATE pg_catalog."C",
    event_version text NOT NULL COLLATE pg_catalog."C",
    payload json NOT NULL,
    metadata json NOT NULL,
    recorded_at bigint NOT NULL,
    CONSTRAINT events_sequence_check CHECK ((sequence > 0))
);


--
-- Name: logs; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.logs (
    log integer NOT NULL,
    head bigint NOT NULL,
    recorded_at bigint NOT NULL
)
WITH (fillfactor='10');


--
-- Name: meta; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.meta (
    singleton boolean DEFAULT true NOT NULL,
    format integer NOT NULL,
    reader_version_min integer NOT NULL,
    wrapped_hash_key text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT meta_singleton_check CHECK (singleton)
);


--
-- Name: outbox; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.outbox (
    message_id text NOT NULL COLLATE pg_catalog."C",
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    sealed text NOT NULL,
    created_at bigint NOT NULL,
    log integer NOT NULL
);


--
-- Name: parked; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.parked (
    name text NOT NULL COLLATE pg_catalog."C",
    generation integer NOT NULL,
    log integer NOT NULL,
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    error text NOT NULL COLLATE pg_catalog."C",
    parked_at bigint NOT NULL,
    asked bigint NOT NULL,
    tried bigint NOT NULL,
    asked_by text COLLATE pg_catalog."C",
    reason text COLLATE pg_catalog."C",
    settled_at bigint
);


--
-- Name: person_keys; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.person_keys (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    generation integer NOT NULL,
    algorithm text NOT NULL COLLATE pg_catalog."C",
    wrapped_key text NOT NULL COLLATE pg_catalog."C",
    log integer NOT NULL
);


--
-- Name: process_state; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.process_state (
    process text NOT NULL COLLATE pg_catalog."C",
    process_id text NOT NULL COLLATE pg_catalog."C",
    log integer NOT NULL,
    state json NOT NULL,
    "position" bigint NOT NULL
);


--
-- Name: projections; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.projections (
    name text NOT NULL COLLATE pg_catalog."C",
    generation integer NOT NULL,
    log integer NOT NULL,
    "position" bigint NOT NULL,
    fence bigint NOT NULL,
    lease_owner text NOT NULL COLLATE pg_catalog."C",
    lease_until bigint NOT NULL,
    state text NOT NULL COLLATE pg_catalog."C",
    error text COLLATE pg_catalog."C"
);


--
-- Name: sessions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sessions (
    session_id text NOT NULL COLLATE pg_catalog."C",
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    holder text NOT NULL COLLATE pg_catalog."C",
    expires_at bigint NOT NULL,
    log integer NOT NULL
);


--
-- Name: skips; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.skips (
    name text NOT NULL COLLATE pg_catalog."C",
    log integer NOT NULL,
    "position" bigint NOT NULL,
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    asked_by text NOT NULL COLLATE pg_catalog."C",
    reason text NOT NULL COLLATE pg_catalog."C",
    skipped_at bigint NOT NULL
);


--
-- Name: tasks; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tasks (
    task_id text NOT NULL COLLATE pg_catalog."C",
    log integer NOT NULL,
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    process text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    payload json NOT NULL,
    origin json NOT NULL,
    attempts integer NOT NULL,
    not_before bigint NOT NULL,
    lease_owner text COLLATE pg_catalog."C",
    lease_until bigint NOT NULL,
    fence bigint NOT NULL,
    last_error text COLLATE pg_catalog."C"
);


--
-- Name: tenants; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tenants (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    log integer NOT NULL
);


--
-- Name: view_activity_1; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.view_activity_1 (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    row_key text NOT NULL COLLATE pg_catalog."C",
    doc json NOT NULL
);


--
-- Name: view_administrators_1; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.view_administrators_1 (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    row_key text NOT NULL COLLATE pg_catalog."C",
    doc json NOT NULL
);


--
-- Name: view_app_ids_1; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.view_app_ids_1 (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    row_key text NOT NULL COLLATE pg_catalog."C",
    doc json NOT NULL
);


--
-- Name: view_cases_1; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.view_cases_1 (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    row_key text NOT NULL COLLATE pg_catalog."C",
    doc json NOT NULL
);


--
-- Name: view_consents_1; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.view_consents_1 (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    row_key text NOT NULL COLLATE pg_catalog."C",
    doc json NOT NULL
);


--
-- Name: view_customers_1; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.view_customers_1 (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    row_key text NOT NULL COLLATE pg_catalog."C",
    doc json NOT NULL
);


--
-- Name: view_history_1; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.view_history_1 (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    row_key text NOT NULL COLLATE pg_catalog."C",
    doc json NOT NULL
);


--
-- Name: view_invitations_1; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.view_invitations_1 (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    row_key text NOT NULL COLLATE pg_catalog."C",
    doc json NOT NULL
);


--
-- Name: view_keys_1; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.view_keys_1 (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    row_key text NOT NULL COLLATE pg_catalog."C",
    doc json NOT NULL
);


--
-- Name: view_meters_1; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.view_meters_1 (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    row_key text NOT NULL COLLATE pg_catalog."C",
    doc json NOT NULL
);


--
-- Name: view_operations_1; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.view_operations_1 (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    row_key text NOT NULL COLLATE pg_catalog."C",
    doc json NOT NULL
);


--
-- Name: view_organizations_1; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.view_organizations_1 (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    row_key text NOT NULL COLLATE pg_catalog."C",
    doc json NOT NULL
);


--
-- Name: view_partners_1; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.view_partners_1 (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    row_key text NOT NULL COLLATE pg_catalog."C",
    doc json NOT NULL
);


--
-- Name: view_projects_1; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.view_projects_1 (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    row_key text NOT NULL COLLATE pg_catalog."C",
    doc json NOT NULL
);


--
-- Name: view_provisioning_1; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.view_provisioning_1 (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    row_key text NOT NULL COLLATE pg_catalog."C",
    doc json NOT NULL
);


--
-- Name: view_quotes_1; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.view_quotes_1 (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    row_key text NOT NULL COLLATE pg_catalog."C",
    doc json NOT NULL
);


--
-- Name: view_screenings_1; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.view_screenings_1 (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    row_key text NOT NULL COLLATE pg_catalog."C",
    doc json NOT NULL
);


--
-- Name: view_subscriptions_1; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.view_subscriptions_1 (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    row_key text NOT NULL COLLATE pg_catalog."C",
    doc json NOT NULL
);


--
-- Name: view_templates_1; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.view_templates_1 (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    row_key text NOT NULL COLLATE pg_catalog."C",
    doc json NOT NULL
);


--
-- Name: view_usage_1; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.view_usage_1 (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    row_key text NOT NULL COLLATE pg_catalog."C",
    doc json NOT NULL
);


--
-- Name: view_users_1; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.view_users_1 (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    row_key text NOT NULL COLLATE pg_catalog."C",
    doc json NOT NULL
);


--
-- Data for Name: _sqlx_migrations; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public._sqlx_migrations VALUES (1, 'ledger', '2026-11-21 23:58:37.209575+00', true, '\xaee1d3a10764db80e4420c5082d96acb0fd8af71e0899ba76f7b34bab97602a40a1fca4fd072e917b2e0c5d2a9b45c30', 67755021);
INSERT INTO public._sqlx_migrations VALUES (2, 'readers', '2026-11-21 23:58:37.278041+00', true, '\x9698d9d33b02b0f155649e17bc37757f99d652f5d5c9b1f741c9c8165028ac7c550893fa1f1b9b55651f45d3fc498601', 11403920);
INSERT INTO public._sqlx_migrations VALUES (3, 'parked', '2026-11-21 23:58:37.289979+00', true, '\xda2cfdf04bd0ae3a8676ca491d6d189f631d02d141f414b7ca99d1c559ec806886fc2d4ec633f871aa11940f1d0630eb', 18137381);
INSERT INTO public._sqlx_migrations VALUES (4, 'people', '2026-11-21 23:58:37.312087+00', true, '\xfaf27bfa928e56fd9632b1506fdf2126cb30518f3580e4f3106b23b1d81afc4f7fdb3062da7e9d565ddf924a8bc3a647', 36109397);


--
-- Data for Name: claims; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.claims VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'template_name', 'standard', 'tmpl_01m808rdcdef5rtff7hv83n37s', 0);
INSERT INTO public.claims VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'person', 'JyqCYDcoQgvdggzYBky4XChTbZjv2gjt3kdFamAzqU0', 'per_01m808rdcfexvt65r23gkp5rzt', 0);
INSERT INTO public.claims VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'template_name', 'asking', 'tmpl_01m808rdcye2z8sw1j2gdmp47q', 0);
INSERT INTO public.claims VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'person', '5cjbS4wTmyccYt-nROhdAT7oxMV4nU3WBYS6g5cOnSI', 'per_01m808re4re0frerjmkwp1vaxy', 0);
INSERT INTO public.claims VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'person', 'GQ1abvlVExu8vY1SQahwdjDeznaD7mmjiTGKB9FzEEM', 'per_01m808re4re0frerjmm0rf01r0', 0);
INSERT INTO public.claims VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'organization', 'org_01m808re4re0frerjmmf09pyze', 'cust_01m808re4re0frerjmmhr20qfx', 0);
INSERT INTO public.claims VALUES ('org_01m808re4re0frerjmmf09pyze', 'person', '_CMFOaVFXutAiO5y9yv8hBDmLXKSMA7Opl8YgyK4u6o', 'per_01m808re6hetfb61nz77dmafc8', 0);
INSERT INTO public.claims VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'external_id', 'retail', 'cust_01m808rgyrengv32z5sjbmennk', 0);
INSERT INTO public.claims VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'organization', 'org_01m808rgyrengv32z5spea87q4', 'cust_01m808rgyrengv32z5sjbmennk', 0);
INSERT INTO public.claims VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'person', '-31YMdW_3nDJ_LlY-UeRtkwb1TOO5lBMGwM8i-45frM', 'per_01m808rgyse2kszqy2f5pb4zzz', 0);
INSERT INTO public.claims VALUES ('org_01m808rgyrengv32z5spea87q4', 'person', 'ciNq-6iOWOhLhD8-zzYugb92vkh5l-B2XRKhsQ1ZwYw', 'per_01m808rh3ceejvd6e28ts906cg', 0);
INSERT INTO public.claims VALUES ('org_62r9je9fmshwaa3kw267jg2wem', 'person', 'glh7RIsWlLk-CARHOsOP3qBWXHeqO11u2UFOcE2fyjc', 'per_01m808rm0ged9vjqy5fbpqnd4d', 0);
INSERT INTO public.claims VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'external_id', 'works', 'cust_01m808rm19etwtwjp2hh4wfgxs', 0);
INSERT INTO public.claims VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'organization', 'org_62r9je9fmshwaa3kw267jg2wem', 'cust_01m808rm19etwtwjp2hh4wfgxs', 0);


--
-- Data for Name: commands; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.commands VALUES ('platform', 'local', 'install-operator-key-key_2snyy155b6ge2amcttjq6eb2d5', '\x9eaa7b568d3a82d5ab31adf6c250a22b3de5cea984baa020edac023ec700470e', 'IssueKey', '{"id":"key_2snyy155b6ge2amcttjq6eb2d5","sequence":1}', 1, 1, 0, 1795305517747708);
INSERT INTO public.commands VALUES ('platform', 'key_2snyy155b6ge2amcttjq6eb2d5', 'RegisterPartner-1', '\x6c763b11943b7a27e929432a869cc3410af4fda6ee90679cdf27d903ba9973b6', 'RegisterPartner', '{"id":"ptr_01m808rdare8wapv4tcb8s2jp9","sequence":1}', 2, 2, 0, 1795305518425703);
INSERT INTO public.commands VALUES ('platform', 'key_2snyy155b6ge2amcttjq6eb2d5', 'IssueKey-2', '\x35829be92411f81ac0d874218ff32e980e1423f02002e639dbf8d4a544046c4b', 'IssueKey', '{"id":"key_638m6pp1hthf2s4v97x91yg9p0","sequence":1}', 3, 3, 0, 1795305518443646);
INSERT INTO public.commands VALUES ('platform', 'key_2snyy155b6ge2amcttjq6eb2d5', 'IssueKey-3', '\x764252c7909b8e7273695f5ee53ffdb0b7510811a30031886602fc709f149cb9', 'IssueKey', '{"id":"key_4pzt2j8e7tgebr4gczw3fgveys","sequence":1}', 4, 4, 0, 1795305518453767);
INSERT INTO public.commands VALUES ('platform', 'key_2snyy155b6ge2amcttjq6eb2d5', 'IssueKey-4', '\x33d3d80941cd678e9c9dcbb0d2860cc0f97005c92a7e348b673246cc2caa45b4', 'IssueKey', '{"id":"key_1jbspsfcf5gpg88pm9xag1j1hq","sequence":1}', 5, 5, 0, 1795305518463599);
INSERT INTO public.commands VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'key_638m6pp1hthf2s4v97x91yg9p0', 'CreateTemplate-5', '\xdd44cc4fd0a2abd5f8f4e153b103581583a2d9a17eef9485012b416b3430f6dc', 'CreateTemplate', '{"id":"tmpl_01m808rdcdef5rtff7hv83n37s","provisioningId":"MDFhMjAwOGMtMzU4ZC03M2NiLThkM2QtZTc4ZWQwM2E4Y2Y5","sequence":1}', 6, 6, 0, 1795305518480825);
INSERT INTO public.commands VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'key_638m6pp1hthf2s4v97x91yg9p0', 'CreateTemplate-6', '\x4741a2249fd3d2ef3b27a0c42b651dcce7c905a4bad8d5a9185e8b626a23d57f', 'CreateTemplate', '{"id":"tmpl_01m808rdcye2z8sw1j2gdmp47q","provisioningId":"MDFhMjAwOGMtMzU5ZS03MGJlLThjZjAtMzIxNDFiNGIxMGY3","sequence":1}', 7, 7, 0, 1795305518502034);
INSERT INTO public.commands VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'key_638m6pp1hthf2s4v97x91yg9p0', 'CreateCase-7', '\x008c5b91c39f9f579fedc9c3512c1ddfa4d511f940d6d123a3dbd984168f611f', 'CreateCase', '{"id":"case_01m808re4re0frerjmm41tqh51","operation":{"id":"op_01m808re4re0frerjmm9wqmm69","state":"running"},"sequence":2}', 8, 9, 0, 1795305519260057);
INSERT INTO public.commands VALUES ('org_01m808re4re0frerjmmf09pyze', 'case_onboarding', 'task_1cj9rkp9gvgwbsxq418aym7fr3:organization', '\x4b20c73da50fd39661368d9956de57c0e1c9fddb31481c57bc82f272b3fb2d01', 'CreateOrganization', '{"sequence":1}', 10, 10, 0, 1795305519292859);
INSERT INTO public.commands VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'case_onboarding', 'task_1cj9rkp9gvgwbsxq418aym7fr3:customer', '\x09595f3f4182f5ec9568a232025bb3b10e20bd98ad36c2c322fcdab60111ac7a', 'CreateCustomer', '{"sequence":1}', 11, 11, 0, 1795305519302638);
INSERT INTO public.commands VALUES ('org_01m808re4re0frerjmmf09pyze', 'case_onboarding', 'task_1cj9rkp9gvgwbsxq418aym7fr3', '\x7d4cfcf6dae57cc34afa95eb08a288acf4ad5718774a50927fa88403960a09c7', 'IssueInvitation', '{"sequence":1}', 12, 12, 0, 1795305519317285);
INSERT INTO public.commands VALUES ('org_01m808re4re0frerjmmf09pyze', 'invite_person', 'task_66hgvme5pdhv4bjn7q6v9ccsrc', '\x7002e62863ba26b7061e6e936b7eb082f2dd9138f9403b3726025dcdccadc829', 'ReportInvitationSent', '{"sequence":2}', 13, 13, 0, 1795305519346210);
INSERT INTO public.commands VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'invite_person', 'task_44nctandfngzrtkx3gz5dy5hn6', '\x4775556f0d19a405f94615469907d6ff2b4b7a5dc7beac9a389965b2f914fd0f', 'ReportCaseOrg', '{"sequence":3}', 14, 14, 0, 1795305519367024);
INSERT INTO public.commands VALUES ('org_01m808re4re0frerjmmf09pyze', 'inv_01m808re4re0frerjmmnk357gn', 'AcceptInvitation-8', '\x232a6fcc6a337eea1de734abd321156ef3ef88f8e6a81e59b56bb0afbe0dd070', 'AcceptInvitation', '{"id":"inv_01m808re4re0frerjmmnk357gn","organizationId":"org_01m808re4re0frerjmmf09pyze","sequence":4,"userId":"usr_01m808re6hetfb61nz77dmafc8"}', 15, 16, 0, 1795305520164587);
INSERT INTO public.commands VALUES ('org_01m808re4re0frerjmmf09pyze', 'invite_person', 'task_30zwk6nre2h7a8gvg0rxy634g5', '\x08026fbfaba808ecd5691884c27a0ceeb84ecf712a52636dcf8a89e2983aedb1', 'AddMember', '{"sequence":4}', 17, 19, 0, 1795305520188008);
INSERT INTO public.commands VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'invite_person', 'task_290d1q4qg0grxrrzes8wvbcm0q', '\x4775556f0d19a405f94615469907d6ff2b4b7a5dc7beac9a389965b2f914fd0f', 'ReportCaseOrg', '{"sequence":3}', NULL, 19, 0, 1795305520222523);
INSERT INTO public.commands VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'attach_organization', 'task_1edg4wmybeg4hrjqcabkttz4s2', '\x403840bac3a0578be125b8da47d537040dd574acededba0d01f4532eb74c8686', 'ActivateCustomer', '{"sequence":2}', 20, 20, 0, 1795305520244816);
INSERT INTO public.commands VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'key_638m6pp1hthf2s4v97x91yg9p0', 'DraftQuote-9', '\x526e5e810f7b2480ba263e2815bdf1923dd7724cae5c9b59d6e409443160088a', 'DraftQuote', '{"id":"quo_01m808rgp8e0nrxed3wtz88ra5","sequence":1}', 21, 21, 0, 1795305521868273);
INSERT INTO public.commands VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'key_638m6pp1hthf2s4v97x91yg9p0', 'SubmitQuote-10', '\x6f1f7d476d7f9d014c6ea58ba1c258a460fb5156e027d1eccd22f3f8e5c939b6', 'SubmitQuote', '{"id":"quo_01m808rgp8e0nrxed3wtz88ra5","sequence":2}', 22, 22, 0, 1795305521886077);
INSERT INTO public.commands VALUES ('platform', 'key_2snyy155b6ge2amcttjq6eb2d5', 'ApproveQuote-11', '\x9632bc8e0e87099b7dac609893539eaea64bb08ed9202559918cb00ed91d6b73', 'ApproveQuote', '{"id":"quo_01m808rgp8e0nrxed3wtz88ra5","sequence":3}', 23, 23, 0, 1795305521902216);
INSERT INTO public.commands VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'key_638m6pp1hthf2s4v97x91yg9p0', 'AcceptQuote-12', '\x70e5115545d2928cf546f86df13ab2476673c0714d06536b4831d174624f134c', 'AcceptQuote', '{"id":"quo_01m808rgp8e0nrxed3wtz88ra5","operation":{"id":"op_01m808rgqwe8faz15mhv751wf8","state":"running"},"sequence":4,"subscriptionId":"sbn_01m808rgqwe8faz15mhzc34aq9"}', 24, 24, 0, 1795305521917372);
INSERT INTO public.commands VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'fulfil_quote', 'task_450vvd3nqjgzgap77g9behr1ey', '\x4713d40b90627950887511c07a8e13ffe5ef067f9adadbffb0d5a7248f9ebc5c', 'ReportQuoting', '{"sequence":4}', 25, 25, 0, 1795305521948087);
INSERT INTO public.commands VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'fulfil_quote', 'task_0c5jw1ha37gmv9ktdhwbwrsbfn:subscription', '\x224e15d94acbec460cc8305986144acf657d6992019d2a57005ecd7e2af34fd4', 'StartSubscription', '{"sequence":1}', 26, 26, 0, 1795305521956488);
INSERT INTO public.commands VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'fulfil_quote', 'task_0c5jw1ha37gmv9ktdhwbwrsbfn:case', '\x13659e5e327b59cc481605d9cb6d79d73e345807416afdb40c1ea0413ebf80fa', 'ReportWon', '{"sequence":5}', 27, 27, 0, 1795305521972944);
INSERT INTO public.commands VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'fulfil_quote', 'task_0c5jw1ha37gmv9ktdhwbwrsbfn', '\xf06b7f2e2ad153962e013c507f46bc77a7bfc9810a228e589b8b05b3d16eee60', 'ReportFulfilled', '{"sequence":5}', 28, 28, 0, 1795305521975740);
INSERT INTO public.commands VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'run_subscription', 'task_6gmferj3ssgpztqvz313q44yq7:apply', '\xf73d887eee50f38dc714c86aac7bb5d5948e5c7c3b659cf8bb47c0ece11506ff', 'ApplySubscription', '{"sequence":3}', 29, 29, 0, 1795305521997280);
INSERT INTO public.commands VALUES ('org_01m808re4re0frerjmmf09pyze', 'change_customer', 'task_1xenrbgdk7g3d93n1drfw78gv9:organization', '\x628753d5c0ce116217522ae24c1b4fcee2c4f2f395fec5f79d97c1cddacca86a', 'ProvisionLicense', '{"sequence":5}', 30, 30, 0, 1795305522021644);
INSERT INTO public.commands VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'change_customer', 'task_1xenrbgdk7g3d93n1drfw78gv9:reported', '\x2f0a20782376df8e235f3a2f042e36c2e29a64a16495397d6ab0b0329e8b5f11', 'ReportProvisioning', '{"sequence":5}', 31, 32, 0, 1795305522026048);
INSERT INTO public.commands VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'key_638m6pp1hthf2s4v97x91yg9p0', 'CreateCustomerOrg-13', '\xbbbdca92c1a89ce09b5f60ef55909ce32a125a98da7ddb311292eb1e6f806a0d', 'CreateCustomerOrg', '{"id":"cust_01m808rgyrengv32z5sjbmennk","operation":{"id":"op_01m808rgyrengv32z5ss36qrv9","state":"running"},"sequence":1}', 33, 33, 0, 1795305522138168);
INSERT INTO public.commands VALUES ('org_01m808rgyrengv32z5spea87q4', 'provision_customer', 'task_305acxegjthwqsrf74wt7b4h1g:organization', '\x52cd35bfb867a6dc88024f704a26d7ba9975e2b3b27f6349143b35b680583290', 'CreateOrganization', '{"sequence":1}', 34, 34, 0, 1795305522176790);
INSERT INTO public.commands VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'provision_customer', 'task_305acxegjthwqsrf74wt7b4h1g', '\xb9b0162d5da7fc5e39c165d8abdac2366431dce2f8c45c524ef8ce83bfdccc4b', 'ReportProvisioning', '{"sequence":2}', 35, 35, 0, 1795305522178515);
INSERT INTO public.commands VALUES ('org_01m808rgyrengv32z5spea87q4', 'provision_customer', 'task_0j6sjcnb1ahksthndpvx7ecsym:organization', '\x5390419c0550996dc939e704abba0fd8189645aad6f1684e5997591645fac4b0', 'ProvisionLicense', '{"sequence":2}', 36, 36, 0, 1795305522212037);
INSERT INTO public.commands VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'provision_customer', 'task_0j6sjcnb1ahksthndpvx7ecsym:reported', '\x09fc8cc3fe463c76a52fa2780be2c635ae3d0e73d9ca953471822a769a8c124e', 'ReportProvisioning', '{"sequence":3}', 37, 37, 0, 1795305522216657);
INSERT INTO public.commands VALUES ('org_01m808rgyrengv32z5spea87q4', 'provision_customer', 'task_4qa0ypgkszh21ak27t7c6b4hn6:organization', '\xe354ac433b2e416f760227bae36dc25eb0d73362906d1ea9bb919d9900fefa01', 'ProvisionLicense', '{"sequence":3}', 38, 38, 0, 1795305522223387);
INSERT INTO public.commands VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'provision_customer', 'task_4qa0ypgkszh21ak27t7c6b4hn6:reported', '\x26082a7fcbcf86a1083a977c126ce5b1dbdf57a958f5c0abbd730d43a8abf30a', 'ReportProvisioning', '{"sequence":5}', 39, 40, 0, 1795305522228816);
INSERT INTO public.commands VALUES ('org_01m808rgyrengv32z5spea87q4', 'provision_customer', 'task_3hwt3ajckfgb3at5y8gcrm8285', '\xa8d29da46a0b509718dc867aa71c7c05fb0964d2bacee62145f5735364b6e097', 'IssueInvitation', '{"sequence":1}', 41, 41, 0, 1795305522286027);
INSERT INTO public.commands VALUES ('org_01m808rgyrengv32z5spea87q4', 'invite_person', 'task_4bsmtmczhxgz4bd1q1pwpp72yw', '\xb1315d36fecbd6a4002b2f93a35f77cba8a558a8467edf910113ee4866702f2e', 'ReportInvitationSent', '{"sequence":2}', 42, 42, 0, 1795305522324422);
INSERT INTO public.commands VALUES ('org_01m808rgyrengv32z5spea87q4', 'inv_3hwt3ajckfgb3at5y8gcrm8285', 'AcceptInvitation-14', '\x4a3d2918ec802210b265cd020d39ec98679e31ff46e74ad7dee20d0117428d1f', 'AcceptInvitation', '{"id":"inv_3hwt3ajckfgb3at5y8gcrm8285","organizationId":"org_01m808rgyrengv32z5spea87q4","sequence":4,"userId":"usr_01m808rh3ceejvd6e28ts906cg"}', 43, 44, 0, 1795305525213454);
INSERT INTO public.commands VALUES ('org_01m808rgyrengv32z5spea87q4', 'invite_person', 'task_60tdaw5g44gtjvvd0pwnfv98f4', '\x477944795f92ee5060eab6022ca1f681c852bea6888378803bf1c39dbcb8dbf3', 'AddMember', '{"sequence":6}', 45, 47, 0, 1795305525235425);
INSERT INTO public.commands VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'attach_organization', 'task_5pem0a5d03g0ya7fjrafxpwg08', '\x709f3a3c2ef2367e0d5136ed78d1a9c26c64e4362e4870aafa1af25a52e5d9f8', 'ActivateCustomer', '{"sequence":5}', NULL, 47, 0, 1795305525268681);
INSERT INTO public.commands VALUES ('platform', 'key_2snyy155b6ge2amcttjq6eb2d5', 'RegisterOrganization-15', '\x756137a425ff2a5698bd7f2af6600a3934a9ef766e7b9ff955a5dfe25fa930b8', 'RegisterOrganization', '{"id":"org_62r9je9fmshwaa3kw267jg2wem","sequence":1}', 48, 48, 0, 1795305525271408);
INSERT INTO public.commands VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'key_638m6pp1hthf2s4v97x91yg9p0', 'AttachExistingOrg-16', '\xf03629a4f7f7e5a158dec9788eeb2f896638dc5fa01d687483763df55b4af4fa', 'AttachExistingOrg', '{"assessment":{"criteria":["many_users"],"grant":"provisioning_admin","way":"consent"},"id":"cust_01m808rm19etwtwjp2hh4wfgxs","operation":{"id":"op_01m808rm19etwtwjp2hqx5badp","state":"running"},"sequence":1}', 49, 49, 0, 1795305525289910);
INSERT INTO public.commands VALUES ('org_62r9je9fmshwaa3kw267jg2wem', 'provision_customer', 'task_5ys2dxfr1zgh4rkn95abjw8n15', '\x1bb724184cd34311cf16b7b37b3e88bf88ad26bb8b1a9044121b8733f18332bc', 'ReserveAttach', '{"sequence":4}', 50, 52, 0, 1795305525320763);
INSERT INTO public.commands VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'attach_organization', 'task_65yt4369qdhzwvcqhcr1enhjp3', '\xb43c6487754ca36b37d43680f427677166f45d270c67a60544a99435f92904f3', 'ReportAttach', '{"sequence":2}', 53, 53, 0, 1795305525349962);
INSERT INTO public.commands VALUES ('org_62r9je9fmshwaa3kw267jg2wem', 'attach_organization', 'task_0c282wxkjwg6ps92acr7brnk08', '\x129bfd2f0bc53df905ab45509d987eb63ffa3645e1350dd665dbd991e8a2bb69', 'ReportConsentMailed', '{"sequence":5}', 54, 54, 0, 1795305525374645);
INSERT INTO public.commands VALUES ('org_62r9je9fmshwaa3kw267jg2wem', 'usr_01m808rm0ged9vjqy5fbpqnd4d', 'GrantConsent-17', '\xd075ffd3c1a30ec9c93e2946f7cb9e4efa90a4d357f84026b586b3c526ff3758', 'GrantConsent', '{"id":"org_62r9je9fmshwaa3kw267jg2wem","sequence":9}', 55, 58, 0, 1795305525486302);
INSERT INTO public.commands VALUES ('platform', 'key_2snyy155b6ge2amcttjq6eb2d5', 'DefineMeter-18', '\x61f63ec1f6aef9c771cbdccc55405b17722ed7664bf852ad0243289760b263c2', 'DefineMeter', '{"id":"calls.minutes","sequence":1}', 59, 59, 0, 1795305525510550);
INSERT INTO public.commands VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'attach_organization', 'task_6cgxbj0zxfhkdvwsq1z0e2qegw', '\xbedd302e0882447b07f91ae4300c0c7160a7871242be34c73f15bddd7b3bcd1d', 'ReportAttach', '{"sequence":3}', 60, 60, 0, 1795305525532832);
INSERT INTO public.commands VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'RecordUsage', '8:switch-1:0', '\xcbc33093356eeecd2e64956c377f3fd33184ca9f13ed53b77f0c2e4e29127097', 'RecordUsage', '{"id":"cust_01m808rgyrengv32z5sjbmennk.calls.minutes.2026-01","organizationId":"org_01m808rgyrengv32z5spea87q4","sequence":1}', 61, 61, 0, 1795305525540301);
INSERT INTO public.commands VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'RecordUsage', '8:switch-1:1', '\xc11a2ca5efabca9db7194f674e548fd4d6c6552d0e3957641d48bbdc85be88b2', 'RecordUsage', '{"id":"cust_01m808rgyrengv32z5sjbmennk.calls.minutes.2026-01","organizationId":"org_01m808rgyrengv32z5spea87q4","sequence":2}', 62, 62, 0, 1795305525558437);
INSERT INTO public.commands VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'RecordUsage', '8:switch-1:2', '\x25054e69025c59dded1254d0b9424938e20d41861ea83c83e27085364c533e2d', 'RecordUsage', '{"id":"cust_01m808rgyrengv32z5sjbmennk.calls.minutes.2026-01","organizationId":"org_01m808rgyrengv32z5spea87q4","sequence":3}', 63, 63, 0, 1795305525581894);
INSERT INTO public.commands VALUES ('org_62r9je9fmshwaa3kw267jg2wem', 'provision_customer', 'task_7y6wj82e12hxg8tpebhqhqh5hf:organization', '\xe46b9e648e366cf09ec001fda25893d439bed50aa19e5e7886397164261ae7ec', 'ProvisionLicense', '{"sequence":10}', 64, 64, 0, 1795305525590088);
INSERT INTO public.commands VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'provision_customer', 'task_7y6wj82e12hxg8tpebhqhqh5hf:reported', '\x9c38299069180e23e86dcaa470e63922c25a0a11caa9ae1be88ffd07e1e9f47f', 'ReportProvisioning', '{"sequence":5}', 65, 66, 0, 1795305525600757);


--
-- Data for Name: credentials; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.credentials VALUES ('cred_01m808reanedarx287n6bmz5wk', 'org_01m808re4re0frerjmmf09pyze', 'per_01m808re6hetfb61nz77dmafc8', '$argon2id$v=19$m=19456,t=2,p=1$TsoIpvIYyCa2USeSRoNAyg$laML+N6COpfz5ku33MARLqtHidOFdv+NlTnFygp4wgU', 0);
INSERT INTO public.credentials VALUES ('cred_01m808rjreex4t1dpv9k3begyg', 'org_01m808rgyrengv32z5spea87q4', 'per_01m808rh3ceejvd6e28ts906cg', '$argon2id$v=19$m=19456,t=2,p=1$DlTPFbI9h+Ah6+z9vd/Bsg$JYvGi1aXF4LZh1NHdEcvEw8RlShegUV3JyDB0wAFwpw', 0);


--
-- Data for Name: events; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.events VALUES (0, 1, 'platform', 'access_key', 'key_2snyy155b6ge2amcttjq6eb2d5', 1, 'key.issued', '1', '{"key.issued":{"keyId":"key_2snyy155b6ge2amcttjq6eb2d5","tenant":"platform","role":"operator","name":"configured operator key","verifier":"Om7Ga3aOyh0S-djMl5E5DlT56UayptXSAP5NdGYjtXM"}}', '{"actor":"local","causation":"install-operator-key-key_2snyy155b6ge2amcttjq6eb2d5","channel":"system","correlation":"start","id":"evt_01m808rcnjeja9kavzprt1g1zy","occurredAt":"2026-11-21T23:58:37.746565Z","role":"operator","tenant":"platform","tracking":"start"}', 1795305517747708);
INSERT INTO public.events VALUES (0, 2, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'partner', 'ptr_01m808rdare8wapv4tcb8s2jp9', 1, 'partner.registered', '1', '{"partner.registered":{"partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","name":"Example Resale","country":"DE","region":"eu"}}', '{"actor":"key_2snyy155b6ge2amcttjq6eb2d5","causation":"RegisterPartner-1","channel":"api","correlation":"trk_01a2008c3556763fb224140774b27ec6","id":"evt_01m808rdare8wapv4tceexaqj8","occurredAt":"2026-11-21T23:58:38.424193Z","role":"operator","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c3556763fb224140774b27ec6"}', 1795305518425703);
INSERT INTO public.events VALUES (0, 3, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'access_key', 'key_638m6pp1hthf2s4v97x91yg9p0', 1, 'key.issued', '1', '{"key.issued":{"keyId":"key_638m6pp1hthf2s4v97x91yg9p0","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","role":"service","name":"service","verifier":"v4U9QzFJkpOmdiMBZE4q_HEfrXFy5m8LvIfykce7fQQ"}}', '{"actor":"key_2snyy155b6ge2amcttjq6eb2d5","causation":"IssueKey-2","channel":"api","correlation":"trk_01a2008c3568729cbab8d7b88045b82e","id":"evt_01m808rdbbek79v3qhjwzb4ayh","occurredAt":"2026-11-21T23:58:38.443293Z","role":"operator","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c3568729cbab8d7b88045b82e"}', 1795305518443646);
INSERT INTO public.events VALUES (0, 4, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'access_key', 'key_4pzt2j8e7tgebr4gczw3fgveys', 1, 'key.issued', '1', '{"key.issued":{"keyId":"key_4pzt2j8e7tgebr4gczw3fgveys","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","role":"partner_admin","name":"partner_admin","verifier":"4VL0x9xkVttacmI8qbecWcxvEvnfEe0rcn4J2d7Tdps"}}', '{"actor":"key_2snyy155b6ge2amcttjq6eb2d5","causation":"IssueKey-3","channel":"api","correlation":"trk_01a2008c357470e3b7acc7521223cfba","id":"evt_01m808rdbnexyvfd5gmckvsb7a","occurredAt":"2026-11-21T23:58:38.45346Z","role":"operator","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c357470e3b7acc7521223cfba"}', 1795305518453767);
INSERT INTO public.events VALUES (0, 5, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'access_key', 'key_1jbspsfcf5gpg88pm9xag1j1hq', 1, 'key.issued', '1', '{"key.issued":{"keyId":"key_1jbspsfcf5gpg88pm9xag1j1hq","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","role":"auditor","name":"auditor","verifier":"JD1bI8uUT8Q7_FHGIoTJaVidA2G3tHZ8OELLtIVgmEs"}}', '{"actor":"key_2snyy155b6ge2amcttjq6eb2d5","causation":"IssueKey-4","channel":"api","correlation":"trk_01a2008c357e76d8a856f6476090499c","id":"evt_01m808rdbze159yg5d7qygvhq2","occurredAt":"2026-11-21T23:58:38.463329Z","role":"operator","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c357e76d8a856f6476090499c"}', 1795305518463599);
INSERT INTO public.events VALUES (0, 6, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'onboarding_template', 'tmpl_01m808rdcdef5rtff7hv83n37s', 1, 'template.created', '1', '{"template.created":{"templateId":"tmpl_01m808rdcdef5rtff7hv83n37s","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","provisioningId":"MDFhMjAwOGMtMzU4ZC03M2NiLThkM2QtZTc4ZWQwM2E4Y2Y5","serviceProviderAdmin":{"sealed":"XC20P.per_01m808rdcfexvt65r23gkp5rzt.1.Cz0xtSirR7jU8M0-M_D3jRy1QxB9vjifx7uODSh50wKqJgd46C14S1MHZsWT4tmIfRac66RBvyqR9Bn5xvM"},"settings":{"name":"Standard","kind":"wholesale","country":"DE","language":"de-DE","brandName":"Example Voice","subscription":"S-100","authentication":{"method":"builtin"},"allowAdminInviteOnAttach":false,"allowInternalCalls":false,"default":false},"warnings":[]}}', '{"actor":"key_638m6pp1hthf2s4v97x91yg9p0","causation":"CreateTemplate-5","channel":"api","correlation":"trk_01a2008c358c777b992798f63b3c5159","id":"evt_01m808rdcgebebn3agp2sgw659","occurredAt":"2026-11-21T23:58:38.480249Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c358c777b992798f63b3c5159"}', 1795305518480825);
INSERT INTO public.events VALUES (0, 7, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'onboarding_template', 'tmpl_01m808rdcye2z8sw1j2gdmp47q', 1, 'template.created', '1', '{"template.created":{"templateId":"tmpl_01m808rdcye2z8sw1j2gdmp47q","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","provisioningId":"MDFhMjAwOGMtMzU5ZS03MGJlLThjZjAtMzIxNDFiNGIxMGY3","serviceProviderAdmin":{"sealed":"XC20P.per_01m808rdcfexvt65r23gkp5rzt.1.lfDObDMuohY-KZ1tN4-BhL92cNv0GbLWZobXv6mV7A9R3uANmz1MFDfyAhiwPJ0v0UGKl7f7A9-Usdqq7VE"},"settings":{"name":"Asking","kind":"wholesale","country":"DE","language":"de-DE","brandName":"Example Voice","subscription":"S-100","authentication":{"method":"builtin"},"allowAdminInviteOnAttach":true,"allowInternalCalls":false,"default":false},"warnings":[]}}', '{"actor":"key_638m6pp1hthf2s4v97x91yg9p0","causation":"CreateTemplate-6","channel":"api","correlation":"trk_01a2008c359d767aac5fe56540068b4e","id":"evt_01m808rdd5e65sqc4sphyer5st","occurredAt":"2026-11-21T23:58:38.501412Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c359d767aac5fe56540068b4e"}', 1795305518502034);
INSERT INTO public.events VALUES (0, 8, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'case', 'case_01m808re4re0frerjmm41tqh51', 1, 'case.created', '1', '{"case.created":{"caseId":"case_01m808re4re0frerjmm41tqh51","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","companyName":"Example Harbour","country":"DE","address":{"addressLine1":"1 Example Street","city":"Berlin","zipOrPostalCode":"10115","country":"DE"},"indicativeContact":{"name":{"sealed":"XC20P.per_01m808re4re0frerjmkwp1vaxy.1.zwgqWpilR-jBjQbn756gzPggFBbHqvYJF91wk9Qe7hUGAQXFjpdjVQirm4BPfc1FVWF1H74"},"email":{"sealed":"XC20P.per_01m808re4re0frerjmkwp1vaxy.1.cXOoQ1ifUBw9nu8o4uIdiiS1jG4YW2dJZsGja4v_wbs4nWa91ph7tiGWr7Ir45lhuZ3Ysye0J-2ZwjZCnw"}},"phone":{"sealed":"XC20P.per_01m808re4re0frerjmkwp1vaxy.1.Mlb_lFEUW62RiaLbRq9cQwMvrvBbpUi-CO_L0dXq8Vx8b7hNJtYYGzG8HGqTL0bkC_o4tGg"},"primaryContact":{"name":{"sealed":"XC20P.per_01m808re4re0frerjmm0rf01r0.1.Hc4qsqinttR7o1mt0F5BgWgKBG2P8xfWF63F3SOpyFvjxbpVODhnlZvgXyZrU7VdD30ESg"},"email":{"sealed":"XC20P.per_01m808re4re0frerjmm0rf01r0.1.d095BlwFejvxNG-ueNFVuZ9kiZ0r04sLggzEk_dS_BuqazaBS3eEOzqZhGUEKzqyLPo_MOuoHdZncwqS"}}}}', '{"actor":"key_638m6pp1hthf2s4v97x91yg9p0","causation":"CreateCase-7","channel":"api","correlation":"trk_01a2008c35ab7621b6fd2735480b7c29","id":"evt_01m808re4sexatf0yqkcz1sgkr","occurredAt":"2026-11-21T23:58:39.257069Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c35ab7621b6fd2735480b7c29"}', 1795305519260057);
INSERT INTO public.events VALUES (0, 17, 'org_01m808re4re0frerjmmf09pyze', 'organization', 'org_01m808re4re0frerjmmf09pyze', 2, 'organization.member_added', '1', '{"organization.member_added":{"organizationId":"org_01m808re4re0frerjmmf09pyze","userId":"usr_01m808re6hetfb61nz77dmafc8","role":"org_admin","email":{"sealed":"XC20P.per_01m808re6hetfb61nz77dmafc8.1.33gBRrpdovWw__TyFM1PZ9h9KkFA30XHGsaAySrtGofv936S4ry-c44HjGo9CFmlPDjgoJAQ9Q69Aa6_"},"emailHash":"r8T6YDcib6maakUTL7cURMuebCzuky5l_XbEGhhFBs8","givenName":{"sealed":"XC20P.per_01m808re6hetfb61nz77dmafc8.1.0lTp4cOx9Km6WECso7UkKD1j-MwT7Ad3kcsE8RPF8DHEI_6r1Cq_6Ziel6z3"},"familyName":{"sealed":"XC20P.per_01m808re6hetfb61nz77dmafc8.1.HD3WLEubtmDyBBzN1_2hzu-okehh5al6wEFTEQ4Bgt2mvT6FM7jQApg01kq5nY6mvg"},"credentialId":"cred_01m808reanedarx287n6bmz5wk"}}', '{"actor":"invite_person","causation":"evt_01m808rf14em6tmxqbngm2cwxw","channel":"system","correlation":"trk_01a2008c395472f3b432c76d24a6b375","id":"evt_01m808rf1qemdtaszcp35at388","occurredAt":"2026-11-21T23:58:40.183123Z","role":"service","tenant":"org_01m808re4re0frerjmmf09pyze","tracking":"trk_01a2008c395472f3b432c76d24a6b375"}', 1795305520188008);
INSERT INTO public.events VALUES (0, 9, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'case', 'case_01m808re4re0frerjmm41tqh51', 2, 'case.org_requested', '1', '{"case.org_requested":{"caseId":"case_01m808re4re0frerjmm41tqh51","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","operationId":"op_01m808re4re0frerjmm9wqmm69","organizationId":"org_01m808re4re0frerjmmf09pyze","customerId":"cust_01m808re4re0frerjmmhr20qfx","invitationId":"inv_01m808re4re0frerjmmnk357gn","companyName":"Example Harbour","address":{"addressLine1":"1 Example Street","city":"Berlin","zipOrPostalCode":"10115","country":"DE"},"primaryContact":{"name":{"sealed":"XC20P.per_01m808re4re0frerjmm0rf01r0.1.KT942u6_QR_T8rMcK2R3Z1mbEfkdcmNBWR2zlr8Bptpk1Kz7SA45I9h7IqgTPzeXTxTnWg"},"email":{"sealed":"XC20P.per_01m808re4re0frerjmm0rf01r0.1.SQ1MS7ZwW8aRZg-I7V_JR9zBjLPWG5fqGhWd5X7Yrx_Icn-Bh02XquxbogYjyum4cnNXXPGriw9Y1lVD"}},"templateId":"tmpl_01m808rdcdef5rtff7hv83n37s","provisioningId":"MDFhMjAwOGMtMzU4ZC03M2NiLThkM2QtZTc4ZWQwM2E4Y2Y5","settings":{"name":"Standard","kind":"wholesale","country":"DE","language":"de-DE","brandName":"Example Voice","subscription":"S-100","authentication":{"method":"builtin"},"allowAdminInviteOnAttach":false,"allowInternalCalls":false,"default":false}}}', '{"actor":"key_638m6pp1hthf2s4v97x91yg9p0","causation":"CreateCase-7","channel":"api","correlation":"trk_01a2008c35ab7621b6fd2735480b7c29","id":"evt_01m808re4sexatf0yqkkp4mpdy","occurredAt":"2026-11-21T23:58:39.257069Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c35ab7621b6fd2735480b7c29"}', 1795305519260057);
INSERT INTO public.events VALUES (0, 10, 'org_01m808re4re0frerjmmf09pyze', 'organization', 'org_01m808re4re0frerjmmf09pyze', 1, 'organization.created', '2', '{"organization.created":{"organizationId":"org_01m808re4re0frerjmmf09pyze","name":"Example Harbour","country":"DE","language":"de-DE","createdBy":"ptr_01m808rdare8wapv4tcb8s2jp9","customerId":"cust_01m808re4re0frerjmmhr20qfx","authentication":{"method":"builtin"}}}', '{"actor":"case_onboarding","causation":"evt_01m808re4sexatf0yqkkp4mpdy","channel":"system","correlation":"trk_01a2008c35ab7621b6fd2735480b7c29","id":"evt_01m808re5vekc85vd84fgdtn8k","occurredAt":"2026-11-21T23:58:39.288714Z","role":"service","tenant":"org_01m808re4re0frerjmmf09pyze","tracking":"trk_01a2008c35ab7621b6fd2735480b7c29"}', 1795305519292859);
INSERT INTO public.events VALUES (0, 11, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'customer', 'cust_01m808re4re0frerjmmhr20qfx', 1, 'customer.created', '1', '{"customer.created":{"customerId":"cust_01m808re4re0frerjmmhr20qfx","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","organizationId":"org_01m808re4re0frerjmmf09pyze","caseId":"case_01m808re4re0frerjmm41tqh51","name":"Example Harbour","address":{"addressLine1":"1 Example Street","city":"Berlin","zipOrPostalCode":"10115","country":"DE"},"templateId":"tmpl_01m808rdcdef5rtff7hv83n37s","provisioningId":"MDFhMjAwOGMtMzU4ZC03M2NiLThkM2QtZTc4ZWQwM2E4Y2Y5","settings":{"name":"Standard","kind":"wholesale","country":"DE","language":"de-DE","brandName":"Example Voice","subscription":"S-100","authentication":{"method":"builtin"},"allowAdminInviteOnAttach":false,"allowInternalCalls":false,"default":false}}}', '{"actor":"case_onboarding","causation":"evt_01m808re4sexatf0yqkkp4mpdy","channel":"system","correlation":"trk_01a2008c35ab7621b6fd2735480b7c29","id":"evt_01m808re65eqmtaax0w5g9fbab","occurredAt":"2026-11-21T23:58:39.295255Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c35ab7621b6fd2735480b7c29"}', 1795305519302638);
INSERT INTO public.events VALUES (0, 12, 'org_01m808re4re0frerjmmf09pyze', 'invitation', 'inv_01m808re4re0frerjmmnk357gn', 1, 'invitation.issued', '1', '{"invitation.issued":{"invitationId":"inv_01m808re4re0frerjmmnk357gn","organizationId":"org_01m808re4re0frerjmmf09pyze","organizationName":"Example Harbour","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","customerId":"cust_01m808re4re0frerjmmhr20qfx","caseId":"case_01m808re4re0frerjmm41tqh51","name":{"sealed":"XC20P.per_01m808re6hetfb61nz77dmafc8.1.fmogvMe1YJFiUYIcJze7TsTzhuwseOCI_5OwHSC5VyyWbbWdhkoo5jG4Cx1cVana5cd9TA"},"email":{"sealed":"XC20P.per_01m808re6hetfb61nz77dmafc8.1.UczIV0_iY_j0VgQ0nwvOLtRuxyvcNeWPdHZuOJV1axnyILXoRxGZ-gB-po0yGFwKBfjA9rHsBL09pyqn"},"role":"org_admin","brandName":"Example Voice","language":"de-DE","generation":1,"expiresAt":"2026-12-05T23:58:39.31414Z"}}', '{"actor":"case_onboarding","causation":"evt_01m808re4sexatf0yqkkp4mpdy","channel":"system","correlation":"trk_01a2008c35ab7621b6fd2735480b7c29","id":"evt_01m808re6nex292nk31gqhynmn","occurredAt":"2026-11-21T23:58:39.314166Z","role":"service","tenant":"org_01m808re4re0frerjmmf09pyze","tracking":"trk_01a2008c35ab7621b6fd2735480b7c29"}', 1795305519317285);
INSERT INTO public.events VALUES (0, 13, 'org_01m808re4re0frerjmmf09pyze', 'invitation', 'inv_01m808re4re0frerjmmnk357gn', 2, 'invitation.sent', '1', '{"invitation.sent":{"invitationId":"inv_01m808re4re0frerjmmnk357gn","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","generation":1}}', '{"actor":"invite_person","causation":"evt_01m808re6nex292nk31gqhynmn","channel":"system","correlation":"trk_01a2008c35ab7621b6fd2735480b7c29","id":"evt_01m808re7hesvva776v4hk4qd0","occurredAt":"2026-11-21T23:58:39.345719Z","role":"service","tenant":"org_01m808re4re0frerjmmf09pyze","tracking":"trk_01a2008c35ab7621b6fd2735480b7c29"}', 1795305519346210);
INSERT INTO public.events VALUES (0, 14, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'case', 'case_01m808re4re0frerjmm41tqh51', 3, 'case.org_ready', '1', '{"case.org_ready":{"caseId":"case_01m808re4re0frerjmm41tqh51","operationId":"op_01m808re4re0frerjmm9wqmm69","organizationId":"org_01m808re4re0frerjmmf09pyze","customerId":"cust_01m808re4re0frerjmmhr20qfx"}}', '{"actor":"invite_person","causation":"evt_01m808re7hesvva776v4hk4qd0","channel":"system","correlation":"trk_01a2008c35ab7621b6fd2735480b7c29","id":"evt_01m808re86e1k9b4td6wp0s7a5","occurredAt":"2026-11-21T23:58:39.366694Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c35ab7621b6fd2735480b7c29"}', 1795305519367024);
INSERT INTO public.events VALUES (0, 15, 'org_01m808re4re0frerjmmf09pyze', 'invitation', 'inv_01m808re4re0frerjmmnk357gn', 3, 'invitation.terms_accepted', '1', '{"invitation.terms_accepted":{"invitationId":"inv_01m808re4re0frerjmmnk357gn","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","terms":["terms-of-service@2026-01-01","privacy-policy@2026-01-01"]}}', '{"actor":"inv_01m808re4re0frerjmmnk357gn","causation":"AcceptInvitation-8","channel":"hub","correlation":"trk_01a2008c395472f3b432c76d24a6b375","id":"evt_01m808rf14em6tmxqbner2ksqd","occurredAt":"2026-11-21T23:58:40.163822Z","role":"org_user","tenant":"org_01m808re4re0frerjmmf09pyze","tracking":"trk_01a2008c395472f3b432c76d24a6b375"}', 1795305520164587);
INSERT INTO public.events VALUES (0, 16, 'org_01m808re4re0frerjmmf09pyze', 'invitation', 'inv_01m808re4re0frerjmmnk357gn', 4, 'invitation.accepted', '1', '{"invitation.accepted":{"invitationId":"inv_01m808re4re0frerjmmnk357gn","organizationId":"org_01m808re4re0frerjmmf09pyze","customerId":"cust_01m808re4re0frerjmmhr20qfx","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","givenName":{"sealed":"XC20P.per_01m808re6hetfb61nz77dmafc8.1.FanREeCosyqVE2xWH8pOUQUPYfNvmszq9muAkA8MeFrHunJfqJ8w7sfAFIU8"},"familyName":{"sealed":"XC20P.per_01m808re6hetfb61nz77dmafc8.1.Y0UAo2s5nz-0R94c6Up0eYgR5p7W8lqef5USkeOMNYtC3zuln3mDRvNvhKidhK7-lw"},"email":{"sealed":"XC20P.per_01m808re6hetfb61nz77dmafc8.1.gUunE9nDvxMOKiAlO6PDd0TaKHJjTPNIKspVcaLlm0AwfRYXd3AcMJlfpXpfpBVXGpTYjCiU1YBfDV2l"},"role":"org_admin","credentialId":"cred_01m808reanedarx287n6bmz5wk"}}', '{"actor":"inv_01m808re4re0frerjmmnk357gn","causation":"AcceptInvitation-8","channel":"hub","correlation":"trk_01a2008c395472f3b432c76d24a6b375","id":"evt_01m808rf14em6tmxqbngm2cwxw","occurredAt":"2026-11-21T23:58:40.163822Z","role":"org_user","tenant":"org_01m808re4re0frerjmmf09pyze","tracking":"trk_01a2008c395472f3b432c76d24a6b375"}', 1795305520164587);
INSERT INTO public.events VALUES (0, 18, 'org_01m808re4re0frerjmmf09pyze', 'organization', 'org_01m808re4re0frerjmmf09pyze', 3, 'organization.users_counted', '1', '{"organization.users_counted":{"organizationId":"org_01m808re4re0frerjmmf09pyze","userCount":1}}', '{"actor":"invite_person","causation":"evt_01m808rf14em6tmxqbngm2cwxw","channel":"system","correlation":"trk_01a2008c395472f3b432c76d24a6b375","id":"evt_01m808rf1qemdtaszcp621xf6t","occurredAt":"2026-11-21T23:58:40.183123Z","role":"service","tenant":"org_01m808re4re0frerjmmf09pyze","tracking":"trk_01a2008c395472f3b432c76d24a6b375"}', 1795305520188008);
INSERT INTO public.events VALUES (0, 19, 'org_01m808re4re0frerjmmf09pyze', 'organization', 'org_01m808re4re0frerjmmf09pyze', 4, 'organization.activated', '1', '{"organization.activated":{"organizationId":"org_01m808re4re0frerjmmf09pyze"}}', '{"actor":"invite_person","causation":"evt_01m808rf14em6tmxqbngm2cwxw","channel":"system","correlation":"trk_01a2008c395472f3b432c76d24a6b375","id":"evt_01m808rf1qemdtaszcp9brardq","occurredAt":"2026-11-21T23:58:40.183123Z","role":"service","tenant":"org_01m808re4re0frerjmmf09pyze","tracking":"trk_01a2008c395472f3b432c76d24a6b375"}', 1795305520188008);
INSERT INTO public.events VALUES (0, 20, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'customer', 'cust_01m808re4re0frerjmmhr20qfx', 2, 'customer.activated', '1', '{"customer.activated":{"customerId":"cust_01m808re4re0frerjmmhr20qfx","organizationId":"org_01m808re4re0frerjmmf09pyze"}}', '{"actor":"attach_organization","causation":"evt_01m808rf1qemdtaszcp9brardq","channel":"system","correlation":"trk_01a2008c395472f3b432c76d24a6b375","id":"evt_01m808rf3mecwb64gy60e9q514","occurredAt":"2026-11-21T23:58:40.24443Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c395472f3b432c76d24a6b375"}', 1795305520244816);
INSERT INTO public.events VALUES (0, 21, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'quote', 'quo_01m808rgp8e0nrxed3wtz88ra5', 1, 'quote.drafted', '1', '{"quote.drafted":{"quoteId":"quo_01m808rgp8e0nrxed3wtz88ra5","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","caseId":"case_01m808re4re0frerjmm41tqh51","customerId":"cust_01m808re4re0frerjmmhr20qfx","organizationId":"org_01m808re4re0frerjmmf09pyze","lines":[{"package":"webex_meetings","quantity":3,"unitPrice":"12.10","currency":"EUR","termMonths":12}],"validUntil":"2026-12-21T23:58:41.864534Z"}}', '{"actor":"key_638m6pp1hthf2s4v97x91yg9p0","causation":"DraftQuote-9","channel":"api","correlation":"trk_01a2008c42c776a088358dc28e10eece","id":"evt_01m808rgp8e0nrxed3wwbz7n9j","occurredAt":"2026-11-21T23:58:41.864605Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c42c776a088358dc28e10eece"}', 1795305521868273);
INSERT INTO public.events VALUES (0, 22, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'quote', 'quo_01m808rgp8e0nrxed3wtz88ra5', 2, 'quote.submitted', '1', '{"quote.submitted":{"quoteId":"quo_01m808rgp8e0nrxed3wtz88ra5","caseId":"case_01m808re4re0frerjmm41tqh51"}}', '{"actor":"key_638m6pp1hthf2s4v97x91yg9p0","causation":"SubmitQuote-10","channel":"api","correlation":"trk_01a2008c42dc721986186d35c2b67ddf","id":"evt_01m808rgpxeb6vzpca597yyxhz","occurredAt":"2026-11-21T23:58:41.885743Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c42dc721986186d35c2b67ddf"}', 1795305521886077);
INSERT INTO public.events VALUES (0, 23, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'quote', 'quo_01m808rgp8e0nrxed3wtz88ra5', 3, 'quote.approved', '1', '{"quote.approved":{"quoteId":"quo_01m808rgp8e0nrxed3wtz88ra5","caseId":"case_01m808re4re0frerjmm41tqh51"}}', '{"actor":"key_2snyy155b6ge2amcttjq6eb2d5","causation":"ApproveQuote-11","channel":"api","correlation":"trk_01a2008c42ed74ac8bc8ddba6d33a9b2","id":"evt_01m808rgqdejp8qj6xqet91vs6","occurredAt":"2026-11-21T23:58:41.901855Z","role":"operator","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c42ed74ac8bc8ddba6d33a9b2"}', 1795305521902216);
INSERT INTO public.events VALUES (0, 24, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'quote', 'quo_01m808rgp8e0nrxed3wtz88ra5', 4, 'quote.accepted', '1', '{"quote.accepted":{"quoteId":"quo_01m808rgp8e0nrxed3wtz88ra5","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","caseId":"case_01m808re4re0frerjmm41tqh51","customerId":"cust_01m808re4re0frerjmmhr20qfx","organizationId":"org_01m808re4re0frerjmmf09pyze","operationId":"op_01m808rgqwe8faz15mhv751wf8","subscriptionId":"sbn_01m808rgqwe8faz15mhzc34aq9","lines":[{"package":"webex_meetings","quantity":3,"unitPrice":"12.10","currency":"EUR","termMonths":12}],"acceptedAt":"2026-11-21T23:58:41.916901Z"}}', '{"actor":"key_638m6pp1hthf2s4v97x91yg9p0","causation":"AcceptQuote-12","channel":"api","correlation":"trk_01a2008c42fc721eaf84b48d65cd20eb","id":"evt_01m808rgqxea9t6kkj3zm1hrsj","occurredAt":"2026-11-21T23:58:41.91696Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c42fc721eaf84b48d65cd20eb"}', 1795305521917372);
INSERT INTO public.events VALUES (0, 25, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'case', 'case_01m808re4re0frerjmm41tqh51', 4, 'case.quoting_started', '1', '{"case.quoting_started":{"caseId":"case_01m808re4re0frerjmm41tqh51"}}', '{"actor":"fulfil_quote","causation":"evt_01m808rgp8e0nrxed3wwbz7n9j","channel":"system","correlation":"trk_01a2008c42c776a088358dc28e10eece","id":"evt_01m808rgrrezfapyr49nts0efx","occurredAt":"2026-11-21T23:58:41.944261Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c42c776a088358dc28e10eece"}', 1795305521948087);
INSERT INTO public.events VALUES (0, 26, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'subscription', 'sbn_01m808rgqwe8faz15mhzc34aq9', 1, 'subscription.started', '1', '{"subscription.started":{"subscriptionId":"sbn_01m808rgqwe8faz15mhzc34aq9","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","quoteId":"quo_01m808rgp8e0nrxed3wtz88ra5","caseId":"case_01m808re4re0frerjmm41tqh51","customerId":"cust_01m808re4re0frerjmmhr20qfx","organizationId":"org_01m808re4re0frerjmmf09pyze","operationId":"op_01m808rgqwe8faz15mhv751wf8","lines":[{"package":"webex_meetings","quantity":3,"unitPrice":"12.10","currency":"EUR","termMonths":12}],"startedAt":"2026-11-21T23:58:41.916901Z","endsAt":"2027-11-21T23:58:41.916901Z"}}', '{"actor":"fulfil_quote","causation":"evt_01m808rgqxea9t6kkj3zm1hrsj","channel":"system","correlation":"trk_01a2008c42fc721eaf84b48d65cd20eb","id":"evt_01m808rgs4e1sv8mzeft55ndzk","occurredAt":"2026-11-21T23:58:41.951284Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c42fc721eaf84b48d65cd20eb"}', 1795305521956488);
INSERT INTO public.events VALUES (0, 27, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'case', 'case_01m808re4re0frerjmm41tqh51', 5, 'case.won', '1', '{"case.won":{"caseId":"case_01m808re4re0frerjmm41tqh51","quoteId":"quo_01m808rgp8e0nrxed3wtz88ra5"}}', '{"actor":"fulfil_quote","causation":"evt_01m808rgqxea9t6kkj3zm1hrsj","channel":"system","correlation":"trk_01a2008c42fc721eaf84b48d65cd20eb","id":"evt_01m808rgsmeegacts8vs5wzvyk","occurredAt":"2026-11-21T23:58:41.972677Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c42fc721eaf84b48d65cd20eb"}', 1795305521972944);
INSERT INTO public.events VALUES (0, 28, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'quote', 'quo_01m808rgp8e0nrxed3wtz88ra5', 5, 'quote.fulfilled', '1', '{"quote.fulfilled":{"quoteId":"quo_01m808rgp8e0nrxed3wtz88ra5","caseId":"case_01m808re4re0frerjmm41tqh51"}}', '{"actor":"fulfil_quote","causation":"evt_01m808rgqxea9t6kkj3zm1hrsj","channel":"system","correlation":"trk_01a2008c42fc721eaf84b48d65cd20eb","id":"evt_01m808rgsqewyvwvd9vz2hyk06","occurredAt":"2026-11-21T23:58:41.975415Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c42fc721eaf84b48d65cd20eb"}', 1795305521975740);
INSERT INTO public.events VALUES (0, 29, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'customer', 'cust_01m808re4re0frerjmmhr20qfx', 3, 'customer.update_requested', '1', '{"customer.update_requested":{"customerId":"cust_01m808re4re0frerjmmhr20qfx","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","organizationId":"org_01m808re4re0frerjmmf09pyze","operationId":"op_01m808rgqwe8faz15mhv751wf8","packages":["webex_meetings"],"limits":{"webex_meetings":3},"provision":["webex_meetings"],"remove":[],"subscription":{"id":"sbn_01m808rgqwe8faz15mhzc34aq9","lines":{"webex_meetings":3}}}}', '{"actor":"run_subscription","causation":"evt_01m808rgs4e1sv8mzeft55ndzk","channel":"system","correlation":"trk_01a2008c42fc721eaf84b48d65cd20eb","id":"evt_01m808rgtdef18ecz9gkj7vmhn","occurredAt":"2026-11-21T23:58:41.996855Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c42fc721eaf84b48d65cd20eb"}', 1795305521997280);
INSERT INTO public.events VALUES (0, 30, 'org_01m808re4re0frerjmmf09pyze', 'organization', 'org_01m808re4re0frerjmmf09pyze', 5, 'organization.license_set', '2', '{"organization.license_set":{"organizationId":"org_01m808re4re0frerjmmf09pyze","package":"webex_meetings","customerId":"cust_01m808re4re0frerjmmhr20qfx","state":"active","quantity":3,"licenseId":"lic_1xenrbgdk7g3d93n1drfw78gv9"}}', '{"actor":"change_customer","causation":"evt_01m808rgtdef18ecz9gkj7vmhn","channel":"system","correlation":"trk_01a2008c42fc721eaf84b48d65cd20eb","id":"evt_01m808rgv5eqzr20q22fhv2g3s","occurredAt":"2026-11-21T23:58:42.021339Z","role":"service","tenant":"org_01m808re4re0frerjmmf09pyze","tracking":"trk_01a2008c42fc721eaf84b48d65cd20eb"}', 1795305522021644);
INSERT INTO public.events VALUES (0, 31, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'customer', 'cust_01m808re4re0frerjmmhr20qfx', 4, 'customer.package_provisioned', '1', '{"customer.package_provisioned":{"customerId":"cust_01m808re4re0frerjmmhr20qfx","operationId":"op_01m808rgqwe8faz15mhv751wf8","package":"webex_meetings","licenseIds":["lic_1xenrbgdk7g3d93n1drfw78gv9"]}}', '{"actor":"change_customer","causation":"evt_01m808rgtdef18ecz9gkj7vmhn","channel":"system","correlation":"trk_01a2008c42fc721eaf84b48d65cd20eb","id":"evt_01m808rgv9ejxachxpavrc0138","occurredAt":"2026-11-21T23:58:42.025705Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c42fc721eaf84b48d65cd20eb"}', 1795305522026048);
INSERT INTO public.events VALUES (0, 32, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'customer', 'cust_01m808re4re0frerjmmhr20qfx', 5, 'customer.updated', '1', '{"customer.updated":{"customerId":"cust_01m808re4re0frerjmmhr20qfx","organizationId":"org_01m808re4re0frerjmmf09pyze","operationId":"op_01m808rgqwe8faz15mhv751wf8"}}', '{"actor":"change_customer","causation":"evt_01m808rgtdef18ecz9gkj7vmhn","channel":"system","correlation":"trk_01a2008c42fc721eaf84b48d65cd20eb","id":"evt_01m808rgv9ejxachxpawnsjs8t","occurredAt":"2026-11-21T23:58:42.025705Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c42fc721eaf84b48d65cd20eb"}', 1795305522026048);
INSERT INTO public.events VALUES (0, 33, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'customer', 'cust_01m808rgyrengv32z5sjbmennk', 1, 'customer.org_requested', '1', '{"customer.org_requested":{"customerId":"cust_01m808rgyrengv32z5sjbmennk","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","organizationId":"org_01m808rgyrengv32z5spea87q4","operationId":"op_01m808rgyrengv32z5ss36qrv9","externalId":"retail","name":"Example Retail","address":{"addressLine1":"1 Example Street","city":"Berlin","zipOrPostalCode":"10115","country":"DE"},"primaryEmail":{"sealed":"XC20P.per_01m808rgyse2kszqy2f5pb4zzz.1.Smkf1K3PIxmhadP_f7oR9XXApMkppHkc7XU5tfac-Pq0HDUy7eIHLIE84YNGXjYactzsBEeUSuTP8ltP7lQ"},"language":"de-DE","packages":["webex_calling","webex_meetings"],"location":{"name":"Head Office","address":{"addressLine1":"1 Example Street","city":"Berlin","zipOrPostalCode":"10115","country":"DE"},"timezone":"Europe/Berlin","language":"de_de"},"templateId":"tmpl_01m808rdcdef5rtff7hv83n37s","provisioningId":"MDFhMjAwOGMtMzU4ZC03M2NiLThkM2QtZTc4ZWQwM2E4Y2Y5","settings":{"name":"Standard","kind":"wholesale","country":"DE","language":"de-DE","brandName":"Example Voice","subscription":"S-100","authentication":{"method":"builtin"},"allowAdminInviteOnAttach":false,"allowInternalCalls":false,"default":false}}}', '{"actor":"key_638m6pp1hthf2s4v97x91yg9p0","causation":"CreateCustomerOrg-13","channel":"api","correlation":"trk_01a2008c43d476529f4f4e7db2209789","id":"evt_01m808rgyse2kszqy2fa73xp35","occurredAt":"2026-11-21T23:58:42.137489Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c43d476529f4f4e7db2209789"}', 1795305522138168);
INSERT INTO public.events VALUES (0, 34, 'org_01m808rgyrengv32z5spea87q4', 'organization', 'org_01m808rgyrengv32z5spea87q4', 1, 'organization.created', '2', '{"organization.created":{"organizationId":"org_01m808rgyrengv32z5spea87q4","name":"Example Retail","country":"DE","language":"de-DE","createdBy":"ptr_01m808rdare8wapv4tcb8s2jp9","customerId":"cust_01m808rgyrengv32z5sjbmennk","authentication":{"method":"builtin"}}}', '{"actor":"provision_customer","causation":"evt_01m808rgyse2kszqy2fa73xp35","channel":"system","correlation":"trk_01a2008c43d476529f4f4e7db2209789","id":"evt_01m808rh00exc960sv1h1na1g2","occurredAt":"2026-11-21T23:58:42.176087Z","role":"service","tenant":"org_01m808rgyrengv32z5spea87q4","tracking":"trk_01a2008c43d476529f4f4e7db2209789"}', 1795305522176790);
INSERT INTO public.events VALUES (0, 35, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'customer', 'cust_01m808rgyrengv32z5sjbmennk', 2, 'customer.provisioning_started', '1', '{"customer.provisioning_started":{"customerId":"cust_01m808rgyrengv32z5sjbmennk","operationId":"op_01m808rgyrengv32z5ss36qrv9","reference":"org_01m808rgyrengv32z5spea87q4"}}', '{"actor":"provision_customer","causation":"evt_01m808rgyse2kszqy2fa73xp35","channel":"system","correlation":"trk_01a2008c43d476529f4f4e7db2209789","id":"evt_01m808rh02e1nsz2fjkpvatbe5","occurredAt":"2026-11-21T23:58:42.178249Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c43d476529f4f4e7db2209789"}', 1795305522178515);
INSERT INTO public.events VALUES (0, 36, 'org_01m808rgyrengv32z5spea87q4', 'organization', 'org_01m808rgyrengv32z5spea87q4', 2, 'organization.license_set', '2', '{"organization.license_set":{"organizationId":"org_01m808rgyrengv32z5spea87q4","package":"webex_calling","customerId":"cust_01m808rgyrengv32z5sjbmennk","state":"active","licenseId":"lic_0j6sjcnb1ahksthndpvx7ecsym"}}', '{"actor":"provision_customer","causation":"evt_01m808rh02e1nsz2fjkpvatbe5","channel":"system","correlation":"trk_01a2008c43d476529f4f4e7db2209789","id":"evt_01m808rh11esqr87web7qj406t","occurredAt":"2026-11-21T23:58:42.209535Z","role":"service","tenant":"org_01m808rgyrengv32z5spea87q4","tracking":"trk_01a2008c43d476529f4f4e7db2209789"}', 1795305522212037);
INSERT INTO public.events VALUES (0, 37, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'customer', 'cust_01m808rgyrengv32z5sjbmennk', 3, 'customer.package_provisioned', '1', '{"customer.package_provisioned":{"customerId":"cust_01m808rgyrengv32z5sjbmennk","operationId":"op_01m808rgyrengv32z5ss36qrv9","package":"webex_calling","licenseIds":["lic_0j6sjcnb1ahksthndpvx7ecsym"]}}', '{"actor":"provision_customer","causation":"evt_01m808rh02e1nsz2fjkpvatbe5","channel":"system","correlation":"trk_01a2008c43d476529f4f4e7db2209789","id":"evt_01m808rh18ezcsgqg1zn01vrf4","occurredAt":"2026-11-21T23:58:42.216355Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c43d476529f4f4e7db2209789"}', 1795305522216657);
INSERT INTO public.events VALUES (0, 38, 'org_01m808rgyrengv32z5spea87q4', 'organization', 'org_01m808rgyrengv32z5spea87q4', 3, 'organization.license_set', '2', '{"organization.license_set":{"organizationId":"org_01m808rgyrengv32z5spea87q4","package":"webex_meetings","customerId":"cust_01m808rgyrengv32z5sjbmennk","state":"active","licenseId":"lic_4qa0ypgkszh21ak27t7c6b4hn6"}}', '{"actor":"provision_customer","causation":"evt_01m808rh02e1nsz2fjkpvatbe5","channel":"system","correlation":"trk_01a2008c43d476529f4f4e7db2209789","id":"evt_01m808rh18ezcsgqg1zv92nspz","occurredAt":"2026-11-21T23:58:42.216641Z","role":"service","tenant":"org_01m808rgyrengv32z5spea87q4","tracking":"trk_01a2008c43d476529f4f4e7db2209789"}', 1795305522223387);
INSERT INTO public.events VALUES (0, 39, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'customer', 'cust_01m808rgyrengv32z5sjbmennk', 4, 'customer.package_provisioned', '1', '{"customer.package_provisioned":{"customerId":"cust_01m808rgyrengv32z5sjbmennk","operationId":"op_01m808rgyrengv32z5ss36qrv9","package":"webex_meetings","licenseIds":["lic_4qa0ypgkszh21ak27t7c6b4hn6"]}}', '{"actor":"provision_customer","causation":"evt_01m808rh02e1nsz2fjkpvatbe5","channel":"system","correlation":"trk_01a2008c43d476529f4f4e7db2209789","id":"evt_01m808rh1merfvjrw5zbvyd9vv","occurredAt":"2026-11-21T23:58:42.228511Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c43d476529f4f4e7db2209789"}', 1795305522228816);
INSERT INTO public.events VALUES (0, 40, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'customer', 'cust_01m808rgyrengv32z5sjbmennk', 5, 'customer.provisioned', '1', '{"customer.provisioned":{"customerId":"cust_01m808rgyrengv32z5sjbmennk","organizationId":"org_01m808rgyrengv32z5spea87q4","operationId":"op_01m808rgyrengv32z5ss36qrv9"}}', '{"actor":"provision_customer","causation":"evt_01m808rh02e1nsz2fjkpvatbe5","channel":"system","correlation":"trk_01a2008c43d476529f4f4e7db2209789","id":"evt_01m808rh1merfvjrw5zcw6ceay","occurredAt":"2026-11-21T23:58:42.228511Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c43d476529f4f4e7db2209789"}', 1795305522228816);
INSERT INTO public.events VALUES (0, 41, 'org_01m808rgyrengv32z5spea87q4', 'invitation', 'inv_3hwt3ajckfgb3at5y8gcrm8285', 1, 'invitation.issued', '1', '{"invitation.issued":{"invitationId":"inv_3hwt3ajckfgb3at5y8gcrm8285","organizationId":"org_01m808rgyrengv32z5spea87q4","organizationName":"Example Retail","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","customerId":"cust_01m808rgyrengv32z5sjbmennk","email":{"sealed":"XC20P.per_01m808rh3ceejvd6e28ts906cg.1.hGdB_7J6s5Vf3AFVq_kQOyFjz5S3Vo7JF8RAZX7q1CcDw-H1m4R12Cf4fxylnR0YVpLCp69VhKdpEHjQzuE"},"role":"org_admin","brandName":"Example Voice","language":"de-DE","generation":1,"expiresAt":"2026-12-05T23:58:42.28428Z"}}', '{"actor":"provision_customer","causation":"evt_01m808rh1merfvjrw5zcw6ceay","channel":"system","correlation":"trk_01a2008c43d476529f4f4e7db2209789","id":"evt_01m808rh3dezkbce2vsa9fss7m","occurredAt":"2026-11-21T23:58:42.28431Z","role":"service","tenant":"org_01m808rgyrengv32z5spea87q4","tracking":"trk_01a2008c43d476529f4f4e7db2209789"}', 1795305522286027);
INSERT INTO public.events VALUES (0, 42, 'org_01m808rgyrengv32z5spea87q4', 'invitation', 'inv_3hwt3ajckfgb3at5y8gcrm8285', 2, 'invitation.sent', '1', '{"invitation.sent":{"invitationId":"inv_3hwt3ajckfgb3at5y8gcrm8285","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","generation":1}}', '{"actor":"invite_person","causation":"evt_01m808rh3dezkbce2vsa9fss7m","channel":"system","correlation":"trk_01a2008c43d476529f4f4e7db2209789","id":"evt_01m808rh4mekn8qj476rn0ehsb","occurredAt":"2026-11-21T23:58:42.32406Z","role":"service","tenant":"org_01m808rgyrengv32z5spea87q4","tracking":"trk_01a2008c43d476529f4f4e7db2209789"}', 1795305522324422);
INSERT INTO public.events VALUES (0, 43, 'org_01m808rgyrengv32z5spea87q4', 'invitation', 'inv_3hwt3ajckfgb3at5y8gcrm8285', 3, 'invitation.terms_accepted', '1', '{"invitation.terms_accepted":{"invitationId":"inv_3hwt3ajckfgb3at5y8gcrm8285","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","terms":["terms-of-service@2026-01-01","privacy-policy@2026-01-01"]}}', '{"actor":"inv_3hwt3ajckfgb3at5y8gcrm8285","causation":"AcceptInvitation-14","channel":"hub","correlation":"trk_01a2008c4b0d73ecbf8f171258e91d17","id":"evt_01m808rkywedsaz1acady5nt43","occurredAt":"2026-11-21T23:58:45.212224Z","role":"org_user","tenant":"org_01m808rgyrengv32z5spea87q4","tracking":"trk_01a2008c4b0d73ecbf8f171258e91d17"}', 1795305525213454);
INSERT INTO public.events VALUES (0, 44, 'org_01m808rgyrengv32z5spea87q4', 'invitation', 'inv_3hwt3ajckfgb3at5y8gcrm8285', 4, 'invitation.accepted', '1', '{"invitation.accepted":{"invitationId":"inv_3hwt3ajckfgb3at5y8gcrm8285","organizationId":"org_01m808rgyrengv32z5spea87q4","customerId":"cust_01m808rgyrengv32z5sjbmennk","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","givenName":{"sealed":"XC20P.per_01m808rh3ceejvd6e28ts906cg.1.ooS9TSbQnFu8u7r6qm9aCM1p5o682hhEF6PE6XcouAWZbeJEpj11KqqiN6ePDkE"},"familyName":{"sealed":"XC20P.per_01m808rh3ceejvd6e28ts906cg.1.Kr7IWItKWpaZyMmaPaWASp3V1CjCQqvYGWSPsMTSMQn83uaYmbqdjYFjM-f--9M-7g"},"email":{"sealed":"XC20P.per_01m808rh3ceejvd6e28ts906cg.1.5J1dcJvaTKDupaIc6LG4HeMLcY98yA-TlyPWiMmEzCfIDlq9-CwkVn4_OybiulF3P2OlbUz34t-reKfwXyo"},"role":"org_admin","credentialId":"cred_01m808rjreex4t1dpv9k3begyg"}}', '{"actor":"inv_3hwt3ajckfgb3at5y8gcrm8285","causation":"AcceptInvitation-14","channel":"hub","correlation":"trk_01a2008c4b0d73ecbf8f171258e91d17","id":"evt_01m808rkywedsaz1acagebrn61","occurredAt":"2026-11-21T23:58:45.212224Z","role":"org_user","tenant":"org_01m808rgyrengv32z5spea87q4","tracking":"trk_01a2008c4b0d73ecbf8f171258e91d17"}', 1795305525213454);
INSERT INTO public.events VALUES (0, 45, 'org_01m808rgyrengv32z5spea87q4', 'organization', 'org_01m808rgyrengv32z5spea87q4', 4, 'organization.member_added', '1', '{"organization.member_added":{"organizationId":"org_01m808rgyrengv32z5spea87q4","userId":"usr_01m808rh3ceejvd6e28ts906cg","role":"org_admin","email":{"sealed":"XC20P.per_01m808rh3ceejvd6e28ts906cg.1.Sv1srGPWw0mLnCYrQkgGMNZRKegi7d3QCW2ca4lx8PDM7nZD2wEKrSfXz-jTVC8sAtu7YfQ7aP_SHGzv9hw"},"emailHash":"E7K2k_LArUM5G-c7YzYlofKc9iAS2Hf461szTP6PUgY","givenName":{"sealed":"XC20P.per_01m808rh3ceejvd6e28ts906cg.1.TFk8hP8Stnxazr2Y74DYvsvthl15BlE9FXYmdzx2nNwEWjtEdM_V3IP9W66DF04"},"familyName":{"sealed":"XC20P.per_01m808rh3ceejvd6e28ts906cg.1.vW-yoqlxxHFcM42VkThPIVC8yTPNfenzsvQiGkAzljFUUA0akOWyiYBSebsxou5QXA"},"credentialId":"cred_01m808rjreex4t1dpv9k3begyg"}}', '{"actor":"invite_person","causation":"evt_01m808rkywedsaz1acagebrn61","channel":"system","correlation":"trk_01a2008c4b0d73ecbf8f171258e91d17","id":"evt_01m808rkzkehy8gh7bknzqppbv","occurredAt":"2026-11-21T23:58:45.23465Z","role":"service","tenant":"org_01m808rgyrengv32z5spea87q4","tracking":"trk_01a2008c4b0d73ecbf8f171258e91d17"}', 1795305525235425);
INSERT INTO public.events VALUES (0, 46, 'org_01m808rgyrengv32z5spea87q4', 'organization', 'org_01m808rgyrengv32z5spea87q4', 5, 'organization.users_counted', '1', '{"organization.users_counted":{"organizationId":"org_01m808rgyrengv32z5spea87q4","userCount":1}}', '{"actor":"invite_person","causation":"evt_01m808rkywedsaz1acagebrn61","channel":"system","correlation":"trk_01a2008c4b0d73ecbf8f171258e91d17","id":"evt_01m808rkzkehy8gh7bkvajgb9g","occurredAt":"2026-11-21T23:58:45.23465Z","role":"service","tenant":"org_01m808rgyrengv32z5spea87q4","tracking":"trk_01a2008c4b0d73ecbf8f171258e91d17"}', 1795305525235425);
INSERT INTO public.events VALUES (0, 47, 'org_01m808rgyrengv32z5spea87q4', 'organization', 'org_01m808rgyrengv32z5spea87q4', 6, 'organization.activated', '1', '{"organization.activated":{"organizationId":"org_01m808rgyrengv32z5spea87q4"}}', '{"actor":"invite_person","causation":"evt_01m808rkywedsaz1acagebrn61","channel":"system","correlation":"trk_01a2008c4b0d73ecbf8f171258e91d17","id":"evt_01m808rkzkehy8gh7bky3rwv0c","occurredAt":"2026-11-21T23:58:45.23465Z","role":"service","tenant":"org_01m808rgyrengv32z5spea87q4","tracking":"trk_01a2008c4b0d73ecbf8f171258e91d17"}', 1795305525235425);
INSERT INTO public.events VALUES (0, 48, 'org_62r9je9fmshwaa3kw267jg2wem', 'organization', 'org_62r9je9fmshwaa3kw267jg2wem', 1, 'organization.registered', '1', '{"organization.registered":{"organizationId":"org_62r9je9fmshwaa3kw267jg2wem","name":"Example Works","country":"SE","userCount":150,"verifiedDomains":[],"claimedDomains":[],"trial":false,"licenses":[{"package":"webex_meetings","state":"active"}],"administrators":[{"userId":"usr_01m808rm0ged9vjqy5fbpqnd4d","email":{"sealed":"XC20P.per_01m808rm0ged9vjqy5fbpqnd4d.1.fplRm4w_qLPw_VVBO2YSYEhBxLxZHpF4wtMiqF71yjAP1yf0-BUQjmq8Ghv6yyv925W9CxCpPNHwZDwnJg"},"emailHash":"4eFb63ySu-aupk0L4_s9Jaty_UWjM6ms4y09ASdMP98"}],"managedBy":[],"restrictedMode":false,"basicBranding":false}}', '{"actor":"key_2snyy155b6ge2amcttjq6eb2d5","causation":"RegisterOrganization-15","channel":"api","correlation":"trk_01a2008c5002746588178a7dcd572494","id":"evt_01m808rm0qepf9sb3z65hmk2eb","occurredAt":"2026-11-21T23:58:45.270856Z","role":"operator","tenant":"org_62r9je9fmshwaa3kw267jg2wem","tracking":"trk_01a2008c5002746588178a7dcd572494"}', 1795305525271408);
INSERT INTO public.events VALUES (0, 49, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'customer', 'cust_01m808rm19etwtwjp2hh4wfgxs', 1, 'customer.attach_requested', '1', '{"customer.attach_requested":{"customerId":"cust_01m808rm19etwtwjp2hh4wfgxs","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","partnerName":"Example Resale","organizationId":"org_62r9je9fmshwaa3kw267jg2wem","operationId":"op_01m808rm19etwtwjp2hqx5badp","externalId":"works","name":"Example Works","address":{"addressLine1":"1 Example Street","city":"Berlin","zipOrPostalCode":"10115","country":"DE"},"packages":["webex_meetings"],"templateId":"tmpl_01m808rdcye2z8sw1j2gdmp47q","provisioningId":"MDFhMjAwOGMtMzU5ZS03MGJlLThjZjAtMzIxNDFiNGIxMGY3","settings":{"name":"Asking","kind":"wholesale","country":"DE","language":"de-DE","brandName":"Example Voice","subscription":"S-100","authentication":{"method":"builtin"},"allowAdminInviteOnAttach":true,"allowInternalCalls":false,"default":false},"assessment":{"way":"consent","criteria":["many_users"],"grant":"provisioning_admin"}}}', '{"actor":"key_638m6pp1hthf2s4v97x91yg9p0","causation":"AttachExistingOrg-16","channel":"api","correlation":"trk_01a2008c5022758999542196c789aea2","id":"evt_01m808rm19etwtwjp2ht5tej63","occurredAt":"2026-11-21T23:58:45.289439Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c5022758999542196c789aea2"}', 1795305525289910);
INSERT INTO public.events VALUES (0, 50, 'org_62r9je9fmshwaa3kw267jg2wem', 'organization', 'org_62r9je9fmshwaa3kw267jg2wem', 2, 'organization.attach_reserved', '1', '{"organization.attach_reserved":{"organizationId":"org_62r9je9fmshwaa3kw267jg2wem","customerId":"cust_01m808rm19etwtwjp2hh4wfgxs","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","operationId":"op_01m808rm19etwtwjp2hqx5badp","partnerName":"Example Resale","mayAsk":true,"brandName":"Example Voice","language":"de-DE"}}', '{"actor":"provision_customer","causation":"evt_01m808rm19etwtwjp2ht5tej63","channel":"system","correlation":"trk_01a2008c5022758999542196c789aea2","id":"evt_01m808rm28enabbfvc1emyqrwa","occurredAt":"2026-11-21T23:58:45.320346Z","role":"service","tenant":"org_62r9je9fmshwaa3kw267jg2wem","tracking":"trk_01a2008c5022758999542196c789aea2"}', 1795305525320763);
INSERT INTO public.events VALUES (0, 51, 'org_62r9je9fmshwaa3kw267jg2wem', 'organization', 'org_62r9je9fmshwaa3kw267jg2wem', 3, 'organization.attach_assessed', '1', '{"organization.attach_assessed":{"organizationId":"org_62r9je9fmshwaa3kw267jg2wem","customerId":"cust_01m808rm19etwtwjp2hh4wfgxs","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","operationId":"op_01m808rm19etwtwjp2hqx5badp","assessment":{"way":"consent","criteria":["many_users"],"grant":"provisioning_admin"}}}', '{"actor":"provision_customer","causation":"evt_01m808rm19etwtwjp2ht5tej63","channel":"system","correlation":"trk_01a2008c5022758999542196c789aea2","id":"evt_01m808rm28enabbfvc1gk1nbnr","occurredAt":"2026-11-21T23:58:45.320346Z","role":"service","tenant":"org_62r9je9fmshwaa3kw267jg2wem","tracking":"trk_01a2008c5022758999542196c789aea2"}', 1795305525320763);
INSERT INTO public.events VALUES (0, 52, 'org_62r9je9fmshwaa3kw267jg2wem', 'organization', 'org_62r9je9fmshwaa3kw267jg2wem', 4, 'organization.consent_requested', '1', '{"organization.consent_requested":{"organizationId":"org_62r9je9fmshwaa3kw267jg2wem","customerId":"cust_01m808rm19etwtwjp2hh4wfgxs","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","operationId":"op_01m808rm19etwtwjp2hqx5badp","criteria":["many_users"],"administrators":["usr_01m808rm0ged9vjqy5fbpqnd4d"],"mailing":1,"requestedAt":"2026-11-21T23:58:45.320308Z","expiresAt":"2026-12-21T23:58:45.320308Z"}}', '{"actor":"provision_customer","causation":"evt_01m808rm19etwtwjp2ht5tej63","channel":"system","correlation":"trk_01a2008c5022758999542196c789aea2","id":"evt_01m808rm28enabbfvc1nkfqkt6","occurredAt":"2026-11-21T23:58:45.320346Z","role":"service","tenant":"org_62r9je9fmshwaa3kw267jg2wem","tracking":"trk_01a2008c5022758999542196c789aea2"}', 1795305525320763);
INSERT INTO public.events VALUES (0, 53, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'customer', 'cust_01m808rm19etwtwjp2hh4wfgxs', 2, 'customer.attach_answered', '1', '{"customer.attach_answered":{"customerId":"cust_01m808rm19etwtwjp2hh4wfgxs","organizationId":"org_62r9je9fmshwaa3kw267jg2wem","operationId":"op_01m808rm19etwtwjp2hqx5badp","answer":{"result":"consent_requested","assessment":{"way":"consent","criteria":["many_users"],"grant":"provisioning_admin"},"expiresAt":"2026-12-21T23:58:45.320308Z"}}}', '{"actor":"attach_organization","causation":"evt_01m808rm28enabbfvc1nkfqkt6","channel":"system","correlation":"trk_01a2008c5022758999542196c789aea2","id":"evt_01m808rm35e548kmm1c5k8nbj4","occurredAt":"2026-11-21T23:58:45.34953Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c5022758999542196c789aea2"}', 1795305525349962);
INSERT INTO public.events VALUES (0, 54, 'org_62r9je9fmshwaa3kw267jg2wem', 'organization', 'org_62r9je9fmshwaa3kw267jg2wem', 5, 'organization.consent_mailed', '1', '{"organization.consent_mailed":{"organizationId":"org_62r9je9fmshwaa3kw267jg2wem","customerId":"cust_01m808rm19etwtwjp2hh4wfgxs","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","operationId":"op_01m808rm19etwtwjp2hqx5badp","administrator":"usr_01m808rm0ged9vjqy5fbpqnd4d","mailing":1}}', '{"actor":"attach_organization","causation":"evt_01m808rm28enabbfvc1nkfqkt6","channel":"system","correlation":"trk_01a2008c5022758999542196c789aea2","id":"evt_01m808rm3ye9a8grgnyf4g0cpw","occurredAt":"2026-11-21T23:58:45.373062Z","role":"service","tenant":"org_62r9je9fmshwaa3kw267jg2wem","tracking":"trk_01a2008c5022758999542196c789aea2"}', 1795305525374645);
INSERT INTO public.events VALUES (0, 55, 'org_62r9je9fmshwaa3kw267jg2wem', 'organization', 'org_62r9je9fmshwaa3kw267jg2wem', 6, 'organization.consent_granted', '1', '{"organization.consent_granted":{"organizationId":"org_62r9je9fmshwaa3kw267jg2wem","customerId":"cust_01m808rm19etwtwjp2hh4wfgxs","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","operationId":"op_01m808rm19etwtwjp2hqx5badp","administrator":"usr_01m808rm0ged9vjqy5fbpqnd4d"}}', '{"actor":"usr_01m808rm0ged9vjqy5fbpqnd4d","causation":"GrantConsent-17","channel":"hub","correlation":"trk_01a2008c50ec76f0b5f0f47ffa624972","id":"evt_01m808rm7det98k3wk26zbmr7d","occurredAt":"2026-11-21T23:58:45.485542Z","role":"org_admin","tenant":"org_62r9je9fmshwaa3kw267jg2wem","tracking":"trk_01a2008c50ec76f0b5f0f47ffa624972"}', 1795305525486302);
INSERT INTO public.events VALUES (0, 56, 'org_62r9je9fmshwaa3kw267jg2wem', 'organization', 'org_62r9je9fmshwaa3kw267jg2wem', 7, 'organization.attach_approved', '1', '{"organization.attach_approved":{"organizationId":"org_62r9je9fmshwaa3kw267jg2wem","customerId":"cust_01m808rm19etwtwjp2hh4wfgxs","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","operationId":"op_01m808rm19etwtwjp2hqx5badp"}}', '{"actor":"usr_01m808rm0ged9vjqy5fbpqnd4d","causation":"GrantConsent-17","channel":"hub","correlation":"trk_01a2008c50ec76f0b5f0f47ffa624972","id":"evt_01m808rm7det98k3wk28zx7znc","occurredAt":"2026-11-21T23:58:45.485542Z","role":"org_admin","tenant":"org_62r9je9fmshwaa3kw267jg2wem","tracking":"trk_01a2008c50ec76f0b5f0f47ffa624972"}', 1795305525486302);
INSERT INTO public.events VALUES (0, 57, 'org_62r9je9fmshwaa3kw267jg2wem', 'organization', 'org_62r9je9fmshwaa3kw267jg2wem', 8, 'organization.attached', '1', '{"organization.attached":{"organizationId":"org_62r9je9fmshwaa3kw267jg2wem","customerId":"cust_01m808rm19etwtwjp2hh4wfgxs","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","operationId":"op_01m808rm19etwtwjp2hqx5badp","name":"Example Works","licenses":1,"authentication":null,"basicBranding":false}}', '{"actor":"usr_01m808rm0ged9vjqy5fbpqnd4d","causation":"GrantConsent-17","channel":"hub","correlation":"trk_01a2008c50ec76f0b5f0f47ffa624972","id":"evt_01m808rm7det98k3wk2dwr0c0g","occurredAt":"2026-11-21T23:58:45.485542Z","role":"org_admin","tenant":"org_62r9je9fmshwaa3kw267jg2wem","tracking":"trk_01a2008c50ec76f0b5f0f47ffa624972"}', 1795305525486302);
INSERT INTO public.events VALUES (0, 58, 'org_62r9je9fmshwaa3kw267jg2wem', 'organization', 'org_62r9je9fmshwaa3kw267jg2wem', 9, 'organization.grant_given', '1', '{"organization.grant_given":{"organizationId":"org_62r9je9fmshwaa3kw267jg2wem","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","grant":"provisioning_admin","customerId":"cust_01m808rm19etwtwjp2hh4wfgxs"}}', '{"actor":"usr_01m808rm0ged9vjqy5fbpqnd4d","causation":"GrantConsent-17","channel":"hub","correlation":"trk_01a2008c50ec76f0b5f0f47ffa624972","id":"evt_01m808rm7det98k3wk2kbg45wf","occurredAt":"2026-11-21T23:58:45.485542Z","role":"org_admin","tenant":"org_62r9je9fmshwaa3kw267jg2wem","tracking":"trk_01a2008c50ec76f0b5f0f47ffa624972"}', 1795305525486302);
INSERT INTO public.events VALUES (0, 59, 'platform', 'meter', 'calls.minutes', 1, 'meter.defined', '1', '{"meter.defined":{"meter":"calls.minutes","kind":"sum","unit":"minutes"}}', '{"actor":"key_2snyy155b6ge2amcttjq6eb2d5","causation":"DefineMeter-18","channel":"api","correlation":"trk_01a2008c50fa7523a25b4a348f0a7cfd","id":"evt_01m808rm86eentbnf9wgvp1sya","occurredAt":"2026-11-21T23:58:45.50963Z","role":"operator","tenant":"platform","tracking":"trk_01a2008c50fa7523a25b4a348f0a7cfd"}', 1795305525510550);
INSERT INTO public.events VALUES (0, 60, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'customer', 'cust_01m808rm19etwtwjp2hh4wfgxs', 3, 'customer.attach_answered', '1', '{"customer.attach_answered":{"customerId":"cust_01m808rm19etwtwjp2hh4wfgxs","organizationId":"org_62r9je9fmshwaa3kw267jg2wem","operationId":"op_01m808rm19etwtwjp2hqx5badp","answer":{"result":"approved","assessment":{"way":"consent","criteria":["many_users"],"grant":"provisioning_admin"}}}}', '{"actor":"attach_organization","causation":"evt_01m808rm7det98k3wk2dwr0c0g","channel":"system","correlation":"trk_01a2008c50ec76f0b5f0f47ffa624972","id":"evt_01m808rm8we0xt0xqq9swf8wdd","occurredAt":"2026-11-21T23:58:45.532478Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c50ec76f0b5f0f47ffa624972"}', 1795305525532832);
INSERT INTO public.events VALUES (0, 61, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'usage', 'cust_01m808rgyrengv32z5sjbmennk.calls.minutes.2026-01', 1, 'usage.recorded', '1', '{"usage.recorded":{"customerId":"cust_01m808rgyrengv32z5sjbmennk","organizationId":"org_01m808rgyrengv32z5spea87q4","meter":"calls.minutes","source":"switch-1","recordId":"0","time":"2026-01-01T10:00:00Z","value":"12.5"}}', '{"actor":"key_638m6pp1hthf2s4v97x91yg9p0","causation":"8:switch-1:0","channel":"api","correlation":"trk_01a2008c511374fabefa87e6cb44e8b2","id":"evt_01m808rm90erms3pjfywsfet6m","occurredAt":"2026-11-21T23:58:45.534858Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c511374fabefa87e6cb44e8b2"}', 1795305525540301);
INSERT INTO public.events VALUES (0, 62, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'usage', 'cust_01m808rgyrengv32z5sjbmennk.calls.minutes.2026-01', 2, 'usage.recorded', '1', '{"usage.recorded":{"customerId":"cust_01m808rgyrengv32z5sjbmennk","organizationId":"org_01m808rgyrengv32z5spea87q4","meter":"calls.minutes","source":"switch-1","recordId":"1","time":"2026-01-02T10:00:00Z","value":"12.5"}}', '{"actor":"key_638m6pp1hthf2s4v97x91yg9p0","causation":"8:switch-1:1","channel":"api","correlation":"trk_01a2008c51357180ac0483489380d0c0","id":"evt_01m808rm9peyhapdwn47gscj15","occurredAt":"2026-11-21T23:58:45.558164Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c51357180ac0483489380d0c0"}', 1795305525558437);
INSERT INTO public.events VALUES (0, 63, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'usage', 'cust_01m808rgyrengv32z5sjbmennk.calls.minutes.2026-01', 3, 'usage.recorded', '1', '{"usage.recorded":{"customerId":"cust_01m808rgyrengv32z5sjbmennk","organizationId":"org_01m808rgyrengv32z5spea87q4","meter":"calls.minutes","source":"switch-1","recordId":"2","time":"2026-01-03T10:00:00Z","value":"12.5"}}', '{"actor":"key_638m6pp1hthf2s4v97x91yg9p0","causation":"8:switch-1:2","channel":"api","correlation":"trk_01a2008c514c755ab8571bc761c0039f","id":"evt_01m808rmadehv8tjq5s0v91nz0","occurredAt":"2026-11-21T23:58:45.581596Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c514c755ab8571bc761c0039f"}', 1795305525581894);
INSERT INTO public.events VALUES (0, 64, 'org_62r9je9fmshwaa3kw267jg2wem', 'organization', 'org_62r9je9fmshwaa3kw267jg2wem', 10, 'organization.license_set', '2', '{"organization.license_set":{"organizationId":"org_62r9je9fmshwaa3kw267jg2wem","package":"webex_meetings","customerId":"cust_01m808rm19etwtwjp2hh4wfgxs","state":"active","licenseId":"lic_7y6wj82e12hxg8tpebhqhqh5hf"}}', '{"actor":"provision_customer","causation":"evt_01m808rm8we0xt0xqq9swf8wdd","channel":"system","correlation":"trk_01a2008c50ec76f0b5f0f47ffa624972","id":"evt_01m808rmame28bty3dcvreaf8y","occurredAt":"2026-11-21T23:58:45.588734Z","role":"service","tenant":"org_62r9je9fmshwaa3kw267jg2wem","tracking":"trk_01a2008c50ec76f0b5f0f47ffa624972"}', 1795305525590088);
INSERT INTO public.events VALUES (0, 65, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'customer', 'cust_01m808rm19etwtwjp2hh4wfgxs', 4, 'customer.package_provisioned', '1', '{"customer.package_provisioned":{"customerId":"cust_01m808rm19etwtwjp2hh4wfgxs","operationId":"op_01m808rm19etwtwjp2hqx5badp","package":"webex_meetings","licenseIds":["lic_7y6wj82e12hxg8tpebhqhqh5hf"]}}', '{"actor":"provision_customer","causation":"evt_01m808rm8we0xt0xqq9swf8wdd","channel":"system","correlation":"trk_01a2008c50ec76f0b5f0f47ffa624972","id":"evt_01m808rmb0e9xvpfpd19t9zsbw","occurredAt":"2026-11-21T23:58:45.600385Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c50ec76f0b5f0f47ffa624972"}', 1795305525600757);
INSERT INTO public.events VALUES (0, 66, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'customer', 'cust_01m808rm19etwtwjp2hh4wfgxs', 5, 'customer.provisioned', '1', '{"customer.provisioned":{"customerId":"cust_01m808rm19etwtwjp2hh4wfgxs","organizationId":"org_62r9je9fmshwaa3kw267jg2wem","operationId":"op_01m808rm19etwtwjp2hqx5badp"}}', '{"actor":"provision_customer","causation":"evt_01m808rm8we0xt0xqq9swf8wdd","channel":"system","correlation":"trk_01a2008c50ec76f0b5f0f47ffa624972","id":"evt_01m808rmb0e9xvpfpd1f562e9f","occurredAt":"2026-11-21T23:58:45.600385Z","role":"service","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","tracking":"trk_01a2008c50ec76f0b5f0f47ffa624972"}', 1795305525600757);


--
-- Data for Name: logs; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.logs VALUES (0, 66, 1795305525600757);


--
-- Data for Name: meta; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.meta VALUES (true, 1, 1, '72yOMRbXeUJQug9kYm4EpPexSfMk0HZ6w8B3SQSX7qFTsct68av4MyfekQqRmtwRUPeQbVRaZrUHbJRg5D5vyZlQbeDRgKmO');


--
-- Data for Name: outbox; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.outbox VALUES ('task_66hgvme5pdhv4bjn7q6v9ccsrc', 'org_01m808re4re0frerjmmf09pyze', 'invitation', '{"sealed":"XC20P.per_01m808re6hetfb61nz77dmafc8.1.MfADO88vYYGuXsffMZCBn8UHc5GR7KKBssrltuMJEK-Q32WqpvUyFnmr_gZT_CotVI6c1QJpOExQgmv7L2r2WZmT0wMI7ju7ENSy8ROVP7G7qlhwunpqhxmxon20qV-uleulqRws0ws6wAYj50-R-FqrJY22bz5gBHVXoW5VQFxZcftHiMwXGiWNGjks73ua0J7r0_Hxf9fhcshZIrS_2fanWjAIw-vRm0szNBSjbOhb34tgNZ-J2tXfA3cpmV4KahJLLGWCaFYq5fsymlCxZ7bX78mPPvBu_kN4itfsXwWciRbyu235iSYcbTpTEWodfE2OpWb0He-VyCkeR6N71i-LmMib971h1H9EZUhcRQS8IzugDPc7CYWXo-4i_MQyVHq1uGGU0Z3crh-auHbOs7GHiYjAGMJelszJS-S8m1EwdKR9SUBJp2N3wsVApu4RTj0KFT7D8G1EdttpSLX7qEwNWaOzfyhyjG7QXc_AB16PbuCatuneP0lp42A7QNtUlMdFRs5ZJ2ayPCJRiM18ZrbB147icCTVRw_cWSsTgcrjQTFv0CDmlIN4SSbOjJe59VHZpHzyhdcXvfGYgqAx54NGWyHcKA3Lh7YBaLdiolULPPCVYjoAfcze2a16W6Nk601pd3rBnpvS91Ug5vkvXg94g3zsiMcNwkb1PtybxKOi"}', 1795305519342435, 0);
INSERT INTO public.outbox VALUES ('task_4bsmtmczhxgz4bd1q1pwpp72yw', 'org_01m808rgyrengv32z5spea87q4', 'invitation', '{"sealed":"XC20P.per_01m808rh3ceejvd6e28ts906cg.1.k4Zi-rCqn-d-_moCEE7WXkNAlCLo-NM0M3phrcEpSbOsNqVYbiY38QePhhBp0cUuwjT99imX6fBJWcH5C3agBPx9j4_GV88CgdQBd9WZDk9JYqlr_GHLmj66axK2jkpx66gkHbeb1G5XLFxGvcj53o9lnHwgndUh_VGL_WidAmMr1m6hr6EAqO6VjCYaALG3dPFq3ThqD4xu-Wk9lCV1JZJIQfZuUyhpbvAXD0TzA66Lgs9aq7nTZGns77LqJ8z04XoJl9aL5ol-DE6jVBO-ZHqugMK8ywMo9DQk210T0k2txAuW-mAn6rpWYtjBqYYGi39iwcZtKL-DMnyI0LW585Fh1vYvix7zpOCzwsTc8Vou2-SXrylSyD0EoV4egxKaYJ-kTruVbI0YQIhOydenmlXu8aQX_sm6VZoHZiZyEhphPzDxli9SmBK9ytmWuWg1J_MVWUlfhnGtXPhESbeSVTRhbBez7FjxC5uQ6avjjNU-M_gMstvuAymFZAxJHyuCMdssy1GESPy5qOLY-U_ILmXSN3sAaB64y0XAj-A5icoH2uu5Bzh3yXJaKSoaWr8cNHj5vAwN9G8eYTpjfIySzobFtyu0fLklfjlgwI9LoW69FdFabqdm2xZwcXNXn7usn_CM0CHaSvMHS9EFj_cAV-4Sm8VHlqk"}', 1795305522317818, 0);
INSERT INTO public.outbox VALUES ('task_0c282wxkjwg6ps92acr7brnk08', 'org_62r9je9fmshwaa3kw267jg2wem', 'consent', '{"sealed":"XC20P.per_01m808rm0ged9vjqy5fbpqnd4d.1.qLa2O5nTjqiQyDoXTThQnbZddsrCHu0CPIRWpkOBCPaJyZKU31DhWnKGigTPJh7NQPPqlQBgmMyPcbX8eyLQeBd58ZhHiDXEm10huCuaccOgwOWoBGXNGGp_07gYxDOb139wXQaSpiZWdERO_gHx4PQkOVXbgBzieI6gIIeqb940s4DQZOs8qfAJUXRJ5Xmy6LwyAJ8kA-nm8yO1zWeOYcHY2kPaNOlgCkGFnib6SIwUOVxm5LVvbO7ISHpqA8YHwf4zIXWt9QCWpRvWP4u2zSQD7pHSBe6xVuVOKXBmOmiRd-9r6UWEFm_ck2CoSdCAeOsuLIomLUt4MTglpj_dMEUhaRODmHBtcanrUI3St7jRiEY9-Bma3GhHtLcd3Mz9nUfGSdn3O30pU7gP2_sjUoBcEknmBGsyfgpTNzIiWS2oKdU96xRvuxcO3sPQHpAtlWzBqMxjW39Xcj7pKMGD-SSXfN0BvW5EB7lbCS4Lc3BpkkUnbFp3Pln5vy1_FJiaRfgAhoB6X7oWP71CtEM-DZBW20WBu-XdXmlBtNXvJhf8XXuebyfdlU7GvWfxKTaNlV_01Wt4xaa8pV7GSdBocw4VP1LTk_ApQWHex8xy7Jj2qhnyQbRYZr5hgrTo2kjk0YTA-9uQrq4sFXj1jr67dHWLkoe0vJ8YLekp1oLShoerXvUPsoX31OkQER35zf7y5lypbqkoHSkk8fd-DTYoHhdKEuCTOAHmN3V07tc5vW86k-7r6mVrjEpCss9fc4aCBMax2cRZIXq4DQjeK0GUvGzub0X4o5U9mf-D"}', 1795305525365530, 0);


--
-- Data for Name: parked; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: person_keys; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.person_keys VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'per_01m808rdcfexvt65r23gkp5rzt', 1, 'XC20P', 'sKE6t8eEHWFuIdjiG7DZw1DKsfyr4bDnnR39H3wQ_Z_DAQc1nvhEn_GRMr5cPwYZDZ6fQddBtsSJ6CnrR4bXgLxpYYsG5Je6', 0);
INSERT INTO public.person_keys VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'per_01m808re4re0frerjmkwp1vaxy', 1, 'XC20P', 'Mh9lLUOqD9AnKwkhcCchXYQtEXcWpqIaXVJfK7hsz8mT9pTUxiCAvXShdlABRlM964SoF2nz1mqSlcPeoAPAcszcOmhCvB_Z', 0);
INSERT INTO public.person_keys VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'per_01m808re4re0frerjmm0rf01r0', 1, 'XC20P', 'ouQfx-Ba57WosMgtvnUPsGQAu6dydca2lcZVRzx32AW_aYeB4OaoAc0zyiyoGnjnhF2e6rMCECC7O0LrgmDKxv4lI-4myMXd', 0);
INSERT INTO public.person_keys VALUES ('org_01m808re4re0frerjmmf09pyze', 'per_01m808re6hetfb61nz77dmafc8', 1, 'XC20P', 'ib8qDuID5l_e_GXAEgLNT9NeUIg4oyPsltrlFyA5CLvRO3Wd0K6f66RYK-RnmofvCxOM8a-svX90j9c7uaDCLsqyIjP2rsA2', 0);
INSERT INTO public.person_keys VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'per_01m808rgyse2kszqy2f5pb4zzz', 1, 'XC20P', 'PQdn5rVPN1KmrkErieCbxgBWy8rX2Bz1RhHPliAA89IaCWQyNzQ1UE1CWhi6fFz__h82hsIuRJrKz2wER3IlnZYfgNB8-ruA', 0);
INSERT INTO public.person_keys VALUES ('org_01m808rgyrengv32z5spea87q4', 'per_01m808rh3ceejvd6e28ts906cg', 1, 'XC20P', 'Pa9IWICmhNSky6Aw45Okgy9t1KVZ91BFqPeKflDewsurpwNKvbdXZGcYP1chpjAVJn69AkAdNTjySME86hE5SUrATAQuEr5e', 0);
INSERT INTO public.person_keys VALUES ('org_62r9je9fmshwaa3kw267jg2wem', 'per_01m808rm0ged9vjqy5fbpqnd4d', 1, 'XC20P', 'Ac7S5jK0YXI4KxG1A0lESQ-XOLWptdXq15ECx1EWexQbHhqzazAE0k-AJOyYPWzqd60zWbkGWv6cA4aUIsCfV6Ltp0JJ-iPK', 0);


--
-- Data for Name: process_state; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.process_state VALUES ('attach_organization', 'org_01m808rgyrengv32z5spea87q4', 0, '{"name":"Example Retail","createdFor":null,"administrators":{"usr_01m808rh3ceejvd6e28ts906cg":{"sealed":"XC20P.per_01m808rh3ceejvd6e28ts906cg.1.Sv1srGPWw0mLnCYrQkgGMNZRKegi7d3QCW2ca4lx8PDM7nZD2wEKrSfXz-jTVC8sAtu7YfQ7aP_SHGzv9hw"}},"asking":null}', 47);
INSERT INTO public.process_state VALUES ('attach_organization', 'org_01m808re4re0frerjmmf09pyze', 0, '{"name":"Example Harbour","createdFor":null,"administrators":{"usr_01m808re6hetfb61nz77dmafc8":{"sealed":"XC20P.per_01m808re6hetfb61nz77dmafc8.1.33gBRrpdovWw__TyFM1PZ9h9KkFA30XHGsaAySrtGofv936S4ry-c44HjGo9CFmlPDjgoJAQ9Q69Aa6_"}},"asking":null}', 30);
INSERT INTO public.process_state VALUES ('attach_organization', 'org_62r9je9fmshwaa3kw267jg2wem', 0, '{"name":"Example Works","createdFor":null,"administrators":{"usr_01m808rm0ged9vjqy5fbpqnd4d":{"sealed":"XC20P.per_01m808rm0ged9vjqy5fbpqnd4d.1.fplRm4w_qLPw_VVBO2YSYEhBxLxZHpF4wtMiqF71yjAP1yf0-BUQjmq8Ghv6yyv925W9CxCpPNHwZDwnJg"}},"asking":null}', 66);


--
-- Data for Name: projections; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.projections VALUES ('operations', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);
INSERT INTO public.projections VALUES ('organizations', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);
INSERT INTO public.projections VALUES ('case_onboarding', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);
INSERT INTO public.projections VALUES ('change_customer', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);
INSERT INTO public.projections VALUES ('end_subscriptions', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);
INSERT INTO public.projections VALUES ('activity', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);
INSERT INTO public.projections VALUES ('administrators', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);
INSERT INTO public.projections VALUES ('app_ids', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);
INSERT INTO public.projections VALUES ('cases', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);
INSERT INTO public.projections VALUES ('consents', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);
INSERT INTO public.projections VALUES ('customers', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);
INSERT INTO public.projections VALUES ('history', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);
INSERT INTO public.projections VALUES ('invitations', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);
INSERT INTO public.projections VALUES ('keys', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);
INSERT INTO public.projections VALUES ('meters', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);
INSERT INTO public.projections VALUES ('quotes', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);
INSERT INTO public.projections VALUES ('invite_member', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);
INSERT INTO public.projections VALUES ('provision_customer', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);
INSERT INTO public.projections VALUES ('attach_organization', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);
INSERT INTO public.projections VALUES ('fulfil_quote', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);
INSERT INTO public.projections VALUES ('run_subscription', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);
INSERT INTO public.projections VALUES ('invite_person', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);
INSERT INTO public.projections VALUES ('partners', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);
INSERT INTO public.projections VALUES ('projects', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);
INSERT INTO public.projections VALUES ('provisioning', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);
INSERT INTO public.projections VALUES ('screenings', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);
INSERT INTO public.projections VALUES ('subscriptions', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);
INSERT INTO public.projections VALUES ('templates', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);
INSERT INTO public.projections VALUES ('usage', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);
INSERT INTO public.projections VALUES ('users', 1, 0, 66, 1, '01a2008c-3130-74fc-813c-f82052bee342', 0, 'live', NULL);


--
-- Data for Name: sessions; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: skips; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: tasks; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.tasks VALUES ('task_1nhk5fwpjvgc0sn0z98qhq5ggr', 0, 'org_01m808re4re0frerjmmf09pyze', 'invite_person', 'expire_invitation', '{"kind":"expire_invitation","invitationId":"inv_01m808re4re0frerjmmnk357gn","generation":1,"dueAt":"2026-12-05T23:58:39.31414Z"}', '{"process":"invite_person","causation":"evt_01m808re6nex292nk31gqhynmn","tracking":"trk_01a2008c35ab7621b6fd2735480b7c29","correlation":"trk_01a2008c35ab7621b6fd2735480b7c29"}', 0, 1796515119314, NULL, 0, 0, NULL);
INSERT INTO public.tasks VALUES ('task_5f7fk63qdxgd79237gyak3nak1', 0, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'run_subscription', 'expire_subscription', '{"kind":"expire_subscription","subscriptionId":"sbn_01m808rgqwe8faz15mhzc34aq9","dueAt":"2027-11-21T23:58:41.916901Z"}', '{"process":"run_subscription","causation":"evt_01m808rgs4e1sv8mzeft55ndzk","tracking":"trk_01a2008c42fc721eaf84b48d65cd20eb","correlation":"trk_01a2008c42fc721eaf84b48d65cd20eb"}', 0, 1826841521916, NULL, 0, 0, NULL);
INSERT INTO public.tasks VALUES ('task_6jed65kcgwh9tsxqxkm15rnc7n', 0, 'ptr_01m808rdare8wapv4tcb8s2jp9', 'fulfil_quote', 'expire_quote', '{"kind":"expire_quote","quoteId":"quo_01m808rgp8e0nrxed3wtz88ra5","caseId":"case_01m808re4re0frerjmm41tqh51","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","dueAt":"2026-12-21T23:58:41.864534Z"}', '{"process":"fulfil_quote","causation":"evt_01m808rgp8e0nrxed3wwbz7n9j","tracking":"trk_01a2008c42c776a088358dc28e10eece","correlation":"trk_01a2008c42c776a088358dc28e10eece"}', 0, 1797897521864, NULL, 0, 0, NULL);
INSERT INTO public.tasks VALUES ('task_5m1n1fj67mhbsv62298nd64rdb', 0, 'org_01m808rgyrengv32z5spea87q4', 'invite_person', 'expire_invitation', '{"kind":"expire_invitation","invitationId":"inv_3hwt3ajckfgb3at5y8gcrm8285","generation":1,"dueAt":"2026-12-05T23:58:42.28428Z"}', '{"process":"invite_person","causation":"evt_01m808rh3dezkbce2vsa9fss7m","tracking":"trk_01a2008c43d476529f4f4e7db2209789","correlation":"trk_01a2008c43d476529f4f4e7db2209789"}', 0, 1796515122284, NULL, 0, 0, NULL);
INSERT INTO public.tasks VALUES ('task_5719nq1z8chgj93cmpa9s74r8e', 0, 'org_62r9je9fmshwaa3kw267jg2wem', 'attach_organization', 'remind_consent', '{"kind":"remind","attach":{"organizationId":"org_62r9je9fmshwaa3kw267jg2wem","customerId":"cust_01m808rm19etwtwjp2hh4wfgxs","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","operationId":"op_01m808rm19etwtwjp2hqx5badp"},"reminder":1,"dueAt":"2026-11-28T23:58:45.320308Z"}', '{"process":"attach_organization","causation":"evt_01m808rm28enabbfvc1nkfqkt6","tracking":"trk_01a2008c5022758999542196c789aea2","correlation":"trk_01a2008c5022758999542196c789aea2"}', 0, 1795910325320, NULL, 0, 0, NULL);
INSERT INTO public.tasks VALUES ('task_3ksdadfzapgm0bn8p01bcny3z8', 0, 'org_62r9je9fmshwaa3kw267jg2wem', 'attach_organization', 'remind_consent', '{"kind":"remind","attach":{"organizationId":"org_62r9je9fmshwaa3kw267jg2wem","customerId":"cust_01m808rm19etwtwjp2hh4wfgxs","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","operationId":"op_01m808rm19etwtwjp2hqx5badp"},"reminder":2,"dueAt":"2026-12-12T23:58:45.320308Z"}', '{"process":"attach_organization","causation":"evt_01m808rm28enabbfvc1nkfqkt6","tracking":"trk_01a2008c5022758999542196c789aea2","correlation":"trk_01a2008c5022758999542196c789aea2"}', 0, 1797119925320, NULL, 0, 0, NULL);
INSERT INTO public.tasks VALUES ('task_2amzr9hehpg549mbqfx6eem3b7', 0, 'org_62r9je9fmshwaa3kw267jg2wem', 'attach_organization', 'expire_consent', '{"kind":"expire","attach":{"organizationId":"org_62r9je9fmshwaa3kw267jg2wem","customerId":"cust_01m808rm19etwtwjp2hh4wfgxs","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","operationId":"op_01m808rm19etwtwjp2hqx5badp"},"dueAt":"2026-12-21T23:58:45.320308Z"}', '{"process":"attach_organization","causation":"evt_01m808rm28enabbfvc1nkfqkt6","tracking":"trk_01a2008c5022758999542196c789aea2","correlation":"trk_01a2008c5022758999542196c789aea2"}', 0, 1797897525320, NULL, 0, 0, NULL);


--
-- Data for Name: tenants; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.tenants VALUES ('platform', 'platform', 0);
INSERT INTO public.tenants VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'partner', 0);
INSERT INTO public.tenants VALUES ('org_01m808re4re0frerjmmf09pyze', 'organization', 0);
INSERT INTO public.tenants VALUES ('org_01m808rgyrengv32z5spea87q4', 'organization', 0);
INSERT INTO public.tenants VALUES ('org_62r9je9fmshwaa3kw267jg2wem', 'organization', 0);


--
-- Data for Name: view_activity_1; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.view_activity_1 VALUES ('platform', '9223372036854775806', '{"position":"1","at":"2026-11-21T23:58:37.747708Z","sentence":"Access key configured operator key for operator was issued.","type":"key.issued","aggregateType":"access_key","aggregateId":"key_2snyy155b6ge2amcttjq6eb2d5","actor":"local"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775805', '{"position":"2","at":"2026-11-21T23:58:38.425703Z","sentence":"Partner Example Resale was registered.","type":"partner.registered","aggregateType":"partner","aggregateId":"ptr_01m808rdare8wapv4tcb8s2jp9","actor":"key_2snyy155b6ge2amcttjq6eb2d5"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775801', '{"position":"6","at":"2026-11-21T23:58:38.480825Z","sentence":"Onboarding template Standard was created.","type":"template.created","aggregateType":"onboarding_template","aggregateId":"tmpl_01m808rdcdef5rtff7hv83n37s","actor":"key_638m6pp1hthf2s4v97x91yg9p0"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775802', '{"position":"5","at":"2026-11-21T23:58:38.463599Z","sentence":"Access key auditor for auditor was issued.","type":"key.issued","aggregateType":"access_key","aggregateId":"key_1jbspsfcf5gpg88pm9xag1j1hq","actor":"key_2snyy155b6ge2amcttjq6eb2d5"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775803', '{"position":"4","at":"2026-11-21T23:58:38.453767Z","sentence":"Access key partner_admin for partner_admin was issued.","type":"key.issued","aggregateType":"access_key","aggregateId":"key_4pzt2j8e7tgebr4gczw3fgveys","actor":"key_2snyy155b6ge2amcttjq6eb2d5"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775804', '{"position":"3","at":"2026-11-21T23:58:38.443646Z","sentence":"Access key service for service was issued.","type":"key.issued","aggregateType":"access_key","aggregateId":"key_638m6pp1hthf2s4v97x91yg9p0","actor":"key_2snyy155b6ge2amcttjq6eb2d5"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775800', '{"position":"7","at":"2026-11-21T23:58:38.502034Z","sentence":"Onboarding template Asking was created.","type":"template.created","aggregateType":"onboarding_template","aggregateId":"tmpl_01m808rdcye2z8sw1j2gdmp47q","actor":"key_638m6pp1hthf2s4v97x91yg9p0"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775798', '{"position":"9","at":"2026-11-21T23:58:39.260057Z","sentence":"A new organization for Example Harbour was asked for.","type":"case.org_requested","aggregateType":"case","aggregateId":"case_01m808re4re0frerjmm41tqh51","actor":"key_638m6pp1hthf2s4v97x91yg9p0"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775799', '{"position":"8","at":"2026-11-21T23:58:39.260057Z","sentence":"A case for Example Harbour was created.","type":"case.created","aggregateType":"case","aggregateId":"case_01m808re4re0frerjmm41tqh51","actor":"key_638m6pp1hthf2s4v97x91yg9p0"}');
INSERT INTO public.view_activity_1 VALUES ('org_01m808re4re0frerjmmf09pyze', '9223372036854775797', '{"position":"10","at":"2026-11-21T23:58:39.292859Z","sentence":"Organization Example Harbour was created.","type":"organization.created","aggregateType":"organization","aggregateId":"org_01m808re4re0frerjmmf09pyze","actor":"case_onboarding"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775796', '{"position":"11","at":"2026-11-21T23:58:39.302638Z","sentence":"Customer Example Harbour was created from case case_01m808re4re0frerjmm41tqh51.","type":"customer.created","aggregateType":"customer","aggregateId":"cust_01m808re4re0frerjmmhr20qfx","actor":"case_onboarding"}');
INSERT INTO public.view_activity_1 VALUES ('org_01m808re4re0frerjmmf09pyze', '9223372036854775795', '{"position":"12","at":"2026-11-21T23:58:39.317285Z","sentence":"Somebody was invited to organization Example Harbour.","type":"invitation.issued","aggregateType":"invitation","aggregateId":"inv_01m808re4re0frerjmmnk357gn","actor":"case_onboarding"}');
INSERT INTO public.view_activity_1 VALUES ('org_01m808re4re0frerjmmf09pyze', '9223372036854775794', '{"position":"13","at":"2026-11-21T23:58:39.34621Z","sentence":"The invitation''s mail was handed over.","type":"invitation.sent","aggregateType":"invitation","aggregateId":"inv_01m808re4re0frerjmmnk357gn","actor":"invite_person"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775793', '{"position":"14","at":"2026-11-21T23:58:39.367024Z","sentence":"Organization org_01m808re4re0frerjmmf09pyze of the case is ready, and the invitation is sent.","type":"case.org_ready","aggregateType":"case","aggregateId":"case_01m808re4re0frerjmm41tqh51","actor":"invite_person"}');
INSERT INTO public.view_activity_1 VALUES ('org_01m808re4re0frerjmmf09pyze', '9223372036854775791', '{"position":"16","at":"2026-11-21T23:58:40.164587Z","sentence":"The invited person accepted the invitation.","type":"invitation.accepted","aggregateType":"invitation","aggregateId":"inv_01m808re4re0frerjmmnk357gn","actor":"inv_01m808re4re0frerjmmnk357gn"}');
INSERT INTO public.view_activity_1 VALUES ('org_01m808re4re0frerjmmf09pyze', '9223372036854775792', '{"position":"15","at":"2026-11-21T23:58:40.164587Z","sentence":"The invited person accepted terms-of-service@2026-01-01 and privacy-policy@2026-01-01.","type":"invitation.terms_accepted","aggregateType":"invitation","aggregateId":"inv_01m808re4re0frerjmmnk357gn","actor":"inv_01m808re4re0frerjmmnk357gn"}');
INSERT INTO public.view_activity_1 VALUES ('org_01m808re4re0frerjmmf09pyze', '9223372036854775788', '{"position":"19","at":"2026-11-21T23:58:40.188008Z","sentence":"The organization is active.","type":"organization.activated","aggregateType":"organization","aggregateId":"org_01m808re4re0frerjmmf09pyze","actor":"invite_person"}');
INSERT INTO public.view_activity_1 VALUES ('org_01m808re4re0frerjmmf09pyze', '9223372036854775789', '{"position":"18","at":"2026-11-21T23:58:40.188008Z","sentence":"The organization has 1 users.","type":"organization.users_counted","aggregateType":"organization","aggregateId":"org_01m808re4re0frerjmmf09pyze","actor":"invite_person"}');
INSERT INTO public.view_activity_1 VALUES ('org_01m808re4re0frerjmmf09pyze', '9223372036854775790', '{"position":"17","at":"2026-11-21T23:58:40.188008Z","sentence":"Member usr_01m808re6hetfb61nz77dmafc8 administers the organization.","type":"organization.member_added","aggregateType":"organization","aggregateId":"org_01m808re4re0frerjmmf09pyze","actor":"invite_person"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775787', '{"position":"20","at":"2026-11-21T23:58:40.244816Z","sentence":"The first administrator of the customer''s organization accepted.","type":"customer.activated","aggregateType":"customer","aggregateId":"cust_01m808re4re0frerjmmhr20qfx","actor":"attach_organization"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775786', '{"position":"21","at":"2026-11-21T23:58:41.868273Z","sentence":"A quote over 36.3 EUR was drafted, valid until 2026-12-21T23:58:41.864534Z.","type":"quote.drafted","aggregateType":"quote","aggregateId":"quo_01m808rgp8e0nrxed3wtz88ra5","actor":"key_638m6pp1hthf2s4v97x91yg9p0"}');
INSERT INTO public.view_activity_1 VALUES ('org_01m808re4re0frerjmmf09pyze', '9223372036854775777', '{"position":"30","at":"2026-11-21T23:58:42.021644Z","sentence":"The license for webex_meetings is active.","type":"organization.license_set","aggregateType":"organization","aggregateId":"org_01m808re4re0frerjmmf09pyze","actor":"change_customer"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775778', '{"position":"29","at":"2026-11-21T23:58:41.99728Z","sentence":"A change of the customer was asked for, with webex_meetings.","type":"customer.update_requested","aggregateType":"customer","aggregateId":"cust_01m808re4re0frerjmmhr20qfx","actor":"run_subscription"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775779', '{"position":"28","at":"2026-11-21T23:58:41.97574Z","sentence":"The subscription of the quote started, and its case is won.","type":"quote.fulfilled","aggregateType":"quote","aggregateId":"quo_01m808rgp8e0nrxed3wtz88ra5","actor":"fulfil_quote"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775780', '{"position":"27","at":"2026-11-21T23:58:41.972944Z","sentence":"The case was won with quote quo_01m808rgp8e0nrxed3wtz88ra5.","type":"case.won","aggregateType":"case","aggregateId":"case_01m808re4re0frerjmm41tqh51","actor":"fulfil_quote"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775781', '{"position":"26","at":"2026-11-21T23:58:41.956488Z","sentence":"A subscription over 36.3 EUR started, until 2027-11-21T23:58:41.916901Z.","type":"subscription.started","aggregateType":"subscription","aggregateId":"sbn_01m808rgqwe8faz15mhzc34aq9","actor":"fulfil_quote"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775782', '{"position":"25","at":"2026-11-21T23:58:41.948087Z","sentence":"Quotes are written for the case.","type":"case.quoting_started","aggregateType":"case","aggregateId":"case_01m808re4re0frerjmm41tqh51","actor":"fulfil_quote"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775783', '{"position":"24","at":"2026-11-21T23:58:41.917372Z","sentence":"The customer accepted the quote over 36.3 EUR.","type":"quote.accepted","aggregateType":"quote","aggregateId":"quo_01m808rgp8e0nrxed3wtz88ra5","actor":"key_638m6pp1hthf2s4v97x91yg9p0"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775784', '{"position":"23","at":"2026-11-21T23:58:41.902216Z","sentence":"The quote was approved.","type":"quote.approved","aggregateType":"quote","aggregateId":"quo_01m808rgp8e0nrxed3wtz88ra5","actor":"key_2snyy155b6ge2amcttjq6eb2d5"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775785', '{"position":"22","at":"2026-11-21T23:58:41.886077Z","sentence":"The quote was submitted.","type":"quote.submitted","aggregateType":"quote","aggregateId":"quo_01m808rgp8e0nrxed3wtz88ra5","actor":"key_638m6pp1hthf2s4v97x91yg9p0"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775775', '{"position":"32","at":"2026-11-21T23:58:42.026048Z","sentence":"The customer is as it was asked for.","type":"customer.updated","aggregateType":"customer","aggregateId":"cust_01m808re4re0frerjmmhr20qfx","actor":"change_customer"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775776', '{"position":"31","at":"2026-11-21T23:58:42.026048Z","sentence":"Package webex_meetings was provisioned.","type":"customer.package_provisioned","aggregateType":"customer","aggregateId":"cust_01m808re4re0frerjmmhr20qfx","actor":"change_customer"}');
INSERT INTO public.view_activity_1 VALUES ('org_62r9je9fmshwaa3kw267jg2wem', '9223372036854775749', '{"position":"58","at":"2026-11-21T23:58:45.486302Z","sentence":"Partner ptr_01m808rdare8wapv4tcb8s2jp9 was given the access of a provisioning administrator.","type":"organization.grant_given","aggregateType":"organization","aggregateId":"org_62r9je9fmshwaa3kw267jg2wem","actor":"usr_01m808rm0ged9vjqy5fbpqnd4d"}');
INSERT INTO public.view_activity_1 VALUES ('org_62r9je9fmshwaa3kw267jg2wem', '9223372036854775750', '{"position":"57","at":"2026-11-21T23:58:45.486302Z","sentence":"The organization is customer cust_01m808rm19etwtwjp2hh4wfgxs of the partner.","type":"organization.attached","aggregateType":"organization","aggregateId":"org_62r9je9fmshwaa3kw267jg2wem","actor":"usr_01m808rm0ged9vjqy5fbpqnd4d"}');
INSERT INTO public.view_activity_1 VALUES ('org_62r9je9fmshwaa3kw267jg2wem', '9223372036854775751', '{"position":"56","at":"2026-11-21T23:58:45.486302Z","sentence":"The attach was approved.","type":"organization.attach_approved","aggregateType":"organization","aggregateId":"org_62r9je9fmshwaa3kw267jg2wem","actor":"usr_01m808rm0ged9vjqy5fbpqnd4d"}');
INSERT INTO public.view_activity_1 VALUES ('org_62r9je9fmshwaa3kw267jg2wem', '9223372036854775752', '{"position":"55","at":"2026-11-21T23:58:45.486302Z","sentence":"An administrator consented to the attach.","type":"organization.consent_granted","aggregateType":"organization","aggregateId":"org_62r9je9fmshwaa3kw267jg2wem","actor":"usr_01m808rm0ged9vjqy5fbpqnd4d"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775774', '{"position":"33","at":"2026-11-21T23:58:42.138168Z","sentence":"Customer Example Retail was asked for, with a new organization and webex_calling, webex_meetings.","type":"customer.org_requested","aggregateType":"customer","aggregateId":"cust_01m808rgyrengv32z5sjbmennk","actor":"key_638m6pp1hthf2s4v97x91yg9p0"}');
INSERT INTO public.view_activity_1 VALUES ('org_01m808rgyrengv32z5spea87q4', '9223372036854775773', '{"position":"34","at":"2026-11-21T23:58:42.17679Z","sentence":"Organization Example Retail was created.","type":"organization.created","aggregateType":"organization","aggregateId":"org_01m808rgyrengv32z5spea87q4","actor":"provision_customer"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775772', '{"position":"35","at":"2026-11-21T23:58:42.178515Z","sentence":"The organization is there; packages follow.","type":"customer.provisioning_started","aggregateType":"customer","aggregateId":"cust_01m808rgyrengv32z5sjbmennk","actor":"provision_customer"}');
INSERT INTO public.view_activity_1 VALUES ('org_01m808rgyrengv32z5spea87q4', '9223372036854775769', '{"position":"38","at":"2026-11-21T23:58:42.223387Z","sentence":"The license for webex_meetings is active.","type":"organization.license_set","aggregateType":"organization","aggregateId":"org_01m808rgyrengv32z5spea87q4","actor":"provision_customer"}');
INSERT INTO public.view_activity_1 VALUES ('org_01m808rgyrengv32z5spea87q4', '9223372036854775771', '{"position":"36","at":"2026-11-21T23:58:42.212037Z","sentence":"The license for webex_calling is active.","type":"organization.license_set","aggregateType":"organization","aggregateId":"org_01m808rgyrengv32z5spea87q4","actor":"provision_customer"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775767', '{"position":"40","at":"2026-11-21T23:58:42.228816Z","sentence":"The customer is provisioned.","type":"customer.provisioned","aggregateType":"customer","aggregateId":"cust_01m808rgyrengv32z5sjbmennk","actor":"provision_customer"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775768', '{"position":"39","at":"2026-11-21T23:58:42.228816Z","sentence":"Package webex_meetings was provisioned.","type":"customer.package_provisioned","aggregateType":"customer","aggregateId":"cust_01m808rgyrengv32z5sjbmennk","actor":"provision_customer"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775770', '{"position":"37","at":"2026-11-21T23:58:42.216657Z","sentence":"Package webex_calling was provisioned.","type":"customer.package_provisioned","aggregateType":"customer","aggregateId":"cust_01m808rgyrengv32z5sjbmennk","actor":"provision_customer"}');
INSERT INTO public.view_activity_1 VALUES ('org_01m808rgyrengv32z5spea87q4', '9223372036854775765', '{"position":"42","at":"2026-11-21T23:58:42.324422Z","sentence":"The invitation''s mail was handed over.","type":"invitation.sent","aggregateType":"invitation","aggregateId":"inv_3hwt3ajckfgb3at5y8gcrm8285","actor":"invite_person"}');
INSERT INTO public.view_activity_1 VALUES ('org_01m808rgyrengv32z5spea87q4', '9223372036854775766', '{"position":"41","at":"2026-11-21T23:58:42.286027Z","sentence":"Somebody was invited to organization Example Retail.","type":"invitation.issued","aggregateType":"invitation","aggregateId":"inv_3hwt3ajckfgb3at5y8gcrm8285","actor":"provision_customer"}');
INSERT INTO public.view_activity_1 VALUES ('org_62r9je9fmshwaa3kw267jg2wem', '9223372036854775743', '{"position":"64","at":"2026-11-21T23:58:45.590088Z","sentence":"The license for webex_meetings is active.","type":"organization.license_set","aggregateType":"organization","aggregateId":"org_62r9je9fmshwaa3kw267jg2wem","actor":"provision_customer"}');
INSERT INTO public.view_activity_1 VALUES ('platform', '9223372036854775748', '{"position":"59","at":"2026-11-21T23:58:45.51055Z","sentence":"Meter calls.minutes was defined.","type":"meter.defined","aggregateType":"meter","aggregateId":"calls.minutes","actor":"key_2snyy155b6ge2amcttjq6eb2d5"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775741', '{"position":"66","at":"2026-11-21T23:58:45.600757Z","sentence":"The customer is provisioned.","type":"customer.provisioned","aggregateType":"customer","aggregateId":"cust_01m808rm19etwtwjp2hh4wfgxs","actor":"provision_customer"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775742', '{"position":"65","at":"2026-11-21T23:58:45.600757Z","sentence":"Package webex_meetings was provisioned.","type":"customer.package_provisioned","aggregateType":"customer","aggregateId":"cust_01m808rm19etwtwjp2hh4wfgxs","actor":"provision_customer"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775744', '{"position":"63","at":"2026-11-21T23:58:45.581894Z","sentence":"Organization org_01m808rgyrengv32z5spea87q4 used 12.5 of calls.minutes at 2026-01-03T10:00:00Z.","type":"usage.recorded","aggregateType":"usage","aggregateId":"cust_01m808rgyrengv32z5sjbmennk.calls.minutes.2026-01","actor":"key_638m6pp1hthf2s4v97x91yg9p0"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775745', '{"position":"62","at":"2026-11-21T23:58:45.558437Z","sentence":"Organization org_01m808rgyrengv32z5spea87q4 used 12.5 of calls.minutes at 2026-01-02T10:00:00Z.","type":"usage.recorded","aggregateType":"usage","aggregateId":"cust_01m808rgyrengv32z5sjbmennk.calls.minutes.2026-01","actor":"key_638m6pp1hthf2s4v97x91yg9p0"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775746', '{"position":"61","at":"2026-11-21T23:58:45.540301Z","sentence":"Organization org_01m808rgyrengv32z5spea87q4 used 12.5 of calls.minutes at 2026-01-01T10:00:00Z.","type":"usage.recorded","aggregateType":"usage","aggregateId":"cust_01m808rgyrengv32z5sjbmennk.calls.minutes.2026-01","actor":"key_638m6pp1hthf2s4v97x91yg9p0"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775747', '{"position":"60","at":"2026-11-21T23:58:45.532832Z","sentence":"The organization is attached; packages follow.","type":"customer.attach_answered","aggregateType":"customer","aggregateId":"cust_01m808rm19etwtwjp2hh4wfgxs","actor":"attach_organization"}');
INSERT INTO public.view_activity_1 VALUES ('org_01m808rgyrengv32z5spea87q4', '9223372036854775763', '{"position":"44","at":"2026-11-21T23:58:45.213454Z","sentence":"The invited person accepted the invitation.","type":"invitation.accepted","aggregateType":"invitation","aggregateId":"inv_3hwt3ajckfgb3at5y8gcrm8285","actor":"inv_3hwt3ajckfgb3at5y8gcrm8285"}');
INSERT INTO public.view_activity_1 VALUES ('org_01m808rgyrengv32z5spea87q4', '9223372036854775764', '{"position":"43","at":"2026-11-21T23:58:45.213454Z","sentence":"The invited person accepted terms-of-service@2026-01-01 and privacy-policy@2026-01-01.","type":"invitation.terms_accepted","aggregateType":"invitation","aggregateId":"inv_3hwt3ajckfgb3at5y8gcrm8285","actor":"inv_3hwt3ajckfgb3at5y8gcrm8285"}');
INSERT INTO public.view_activity_1 VALUES ('org_01m808rgyrengv32z5spea87q4', '9223372036854775760', '{"position":"47","at":"2026-11-21T23:58:45.235425Z","sentence":"The organization is active.","type":"organization.activated","aggregateType":"organization","aggregateId":"org_01m808rgyrengv32z5spea87q4","actor":"invite_person"}');
INSERT INTO public.view_activity_1 VALUES ('org_01m808rgyrengv32z5spea87q4', '9223372036854775761', '{"position":"46","at":"2026-11-21T23:58:45.235425Z","sentence":"The organization has 1 users.","type":"organization.users_counted","aggregateType":"organization","aggregateId":"org_01m808rgyrengv32z5spea87q4","actor":"invite_person"}');
INSERT INTO public.view_activity_1 VALUES ('org_01m808rgyrengv32z5spea87q4', '9223372036854775762', '{"position":"45","at":"2026-11-21T23:58:45.235425Z","sentence":"Member usr_01m808rh3ceejvd6e28ts906cg administers the organization.","type":"organization.member_added","aggregateType":"organization","aggregateId":"org_01m808rgyrengv32z5spea87q4","actor":"invite_person"}');
INSERT INTO public.view_activity_1 VALUES ('org_62r9je9fmshwaa3kw267jg2wem', '9223372036854775759', '{"position":"48","at":"2026-11-21T23:58:45.271408Z","sentence":"Organization Example Works was entered in the directory.","type":"organization.registered","aggregateType":"organization","aggregateId":"org_62r9je9fmshwaa3kw267jg2wem","actor":"key_2snyy155b6ge2amcttjq6eb2d5"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775758', '{"position":"49","at":"2026-11-21T23:58:45.28991Z","sentence":"The attach of organization Example Works was asked for, with webex_meetings.","type":"customer.attach_requested","aggregateType":"customer","aggregateId":"cust_01m808rm19etwtwjp2hh4wfgxs","actor":"key_638m6pp1hthf2s4v97x91yg9p0"}');
INSERT INTO public.view_activity_1 VALUES ('org_62r9je9fmshwaa3kw267jg2wem', '9223372036854775753', '{"position":"54","at":"2026-11-21T23:58:45.374645Z","sentence":"The mail that asks administrator usr_01m808rm0ged9vjqy5fbpqnd4d was handed over.","type":"organization.consent_mailed","aggregateType":"organization","aggregateId":"org_62r9je9fmshwaa3kw267jg2wem","actor":"attach_organization"}');
INSERT INTO public.view_activity_1 VALUES ('org_62r9je9fmshwaa3kw267jg2wem', '9223372036854775755', '{"position":"52","at":"2026-11-21T23:58:45.320763Z","sentence":"1 administrators are asked for consent.","type":"organization.consent_requested","aggregateType":"organization","aggregateId":"org_62r9je9fmshwaa3kw267jg2wem","actor":"provision_customer"}');
INSERT INTO public.view_activity_1 VALUES ('org_62r9je9fmshwaa3kw267jg2wem', '9223372036854775756', '{"position":"51","at":"2026-11-21T23:58:45.320763Z","sentence":"Consent is needed: it has a hundred users or more.","type":"organization.attach_assessed","aggregateType":"organization","aggregateId":"org_62r9je9fmshwaa3kw267jg2wem","actor":"provision_customer"}');
INSERT INTO public.view_activity_1 VALUES ('org_62r9je9fmshwaa3kw267jg2wem', '9223372036854775757', '{"position":"50","at":"2026-11-21T23:58:45.320763Z","sentence":"Partner Example Resale wants to attach the organization.","type":"organization.attach_reserved","aggregateType":"organization","aggregateId":"org_62r9je9fmshwaa3kw267jg2wem","actor":"provision_customer"}');
INSERT INTO public.view_activity_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '9223372036854775754', '{"position":"53","at":"2026-11-21T23:58:45.349962Z","sentence":"The organization''s administrators are asked for consent until 2026-12-21T23:58:45.320308Z.","type":"customer.attach_answered","aggregateType":"customer","aggregateId":"cust_01m808rm19etwtwjp2hh4wfgxs","actor":"attach_organization"}');


--
-- Data for Name: view_administrators_1; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.view_administrators_1 VALUES ('platform', 'r8T6YDcib6maakUTL7cURMuebCzuky5l_XbEGhhFBs8/org_01m808re4re0frerjmmf09pyze', '{"organizationId":"org_01m808re4re0frerjmmf09pyze","userId":"usr_01m808re6hetfb61nz77dmafc8"}');
INSERT INTO public.view_administrators_1 VALUES ('platform', '4eFb63ySu-aupk0L4_s9Jaty_UWjM6ms4y09ASdMP98/org_62r9je9fmshwaa3kw267jg2wem', '{"organizationId":"org_62r9je9fmshwaa3kw267jg2wem","userId":"usr_01m808rm0ged9vjqy5fbpqnd4d"}');
INSERT INTO public.view_administrators_1 VALUES ('platform', 'E7K2k_LArUM5G-c7YzYlofKc9iAS2Hf461szTP6PUgY/org_01m808rgyrengv32z5spea87q4', '{"organizationId":"org_01m808rgyrengv32z5spea87q4","userId":"usr_01m808rh3ceejvd6e28ts906cg"}');


--
-- Data for Name: view_app_ids_1; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: view_cases_1; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.view_cases_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'case_01m808re4re0frerjmm41tqh51', '{"id":"case_01m808re4re0frerjmm41tqh51","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","companyName":"Example Harbour","country":"DE","address":{"addressLine1":"1 Example Street","city":"Berlin","zipOrPostalCode":"10115","country":"DE"},"indicativeContact":{"name":{"sealed":"XC20P.per_01m808re4re0frerjmkwp1vaxy.1.zwgqWpilR-jBjQbn756gzPggFBbHqvYJF91wk9Qe7hUGAQXFjpdjVQirm4BPfc1FVWF1H74"},"email":{"sealed":"XC20P.per_01m808re4re0frerjmkwp1vaxy.1.cXOoQ1ifUBw9nu8o4uIdiiS1jG4YW2dJZsGja4v_wbs4nWa91ph7tiGWr7Ir45lhuZ3Ysye0J-2ZwjZCnw"}},"phone":{"sealed":"XC20P.per_01m808re4re0frerjmkwp1vaxy.1.Mlb_lFEUW62RiaLbRq9cQwMvrvBbpUi-CO_L0dXq8Vx8b7hNJtYYGzG8HGqTL0bkC_o4tGg"},"primaryContact":{"name":{"sealed":"XC20P.per_01m808re4re0frerjmm0rf01r0.1.Hc4qsqinttR7o1mt0F5BgWgKBG2P8xfWF63F3SOpyFvjxbpVODhnlZvgXyZrU7VdD30ESg"},"email":{"sealed":"XC20P.per_01m808re4re0frerjmm0rf01r0.1.d095BlwFejvxNG-ueNFVuZ9kiZ0r04sLggzEk_dS_BuqazaBS3eEOzqZhGUEKzqyLPo_MOuoHdZncwqS"}},"status":"won","operationId":"op_01m808re4re0frerjmm9wqmm69","organizationId":"org_01m808re4re0frerjmmf09pyze","customerId":"cust_01m808re4re0frerjmmhr20qfx","invitationId":"inv_01m808re4re0frerjmmnk357gn","errors":[],"wonBy":"quo_01m808rgp8e0nrxed3wtz88ra5","createdAt":"2026-11-21T23:58:39.260057Z","updatedAt":"2026-11-21T23:58:41.972944Z","sequence":5}');


--
-- Data for Name: view_consents_1; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.view_consents_1 VALUES ('org_62r9je9fmshwaa3kw267jg2wem', 'op_01m808rm19etwtwjp2hqx5badp', '{"id":"op_01m808rm19etwtwjp2hqx5badp","organizationId":"org_62r9je9fmshwaa3kw267jg2wem","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","customerId":"cust_01m808rm19etwtwjp2hh4wfgxs","status":"granted","criteria":["many_users"],"side":"organization","administrators":1,"mailings":1,"mails":1,"requestedAt":"2026-11-21T23:58:45.320763Z","expiresAt":"2026-12-21T23:58:45.320308Z","answeredAt":"2026-11-21T23:58:45.486302Z"}');
INSERT INTO public.view_consents_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'op_01m808rm19etwtwjp2hqx5badp', '{"id":"op_01m808rm19etwtwjp2hqx5badp","organizationId":"org_62r9je9fmshwaa3kw267jg2wem","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","customerId":"cust_01m808rm19etwtwjp2hh4wfgxs","status":"granted","criteria":["many_users"],"side":"partner","administrators":1,"mailings":1,"mails":1,"requestedAt":"2026-11-21T23:58:45.320763Z","expiresAt":"2026-12-21T23:58:45.320308Z","answeredAt":"2026-11-21T23:58:45.486302Z"}');


--
-- Data for Name: view_customers_1; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.view_customers_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'cust_01m808re4re0frerjmmhr20qfx', '{"id":"cust_01m808re4re0frerjmmhr20qfx","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","name":"Example Harbour","organizationId":"org_01m808re4re0frerjmmf09pyze","status":"provisioned","packages":[{"name":"webex_meetings","status":"provisioned","licenseIds":["lic_1xenrbgdk7g3d93n1drfw78gv9"],"limit":3,"warnings":[],"errors":[]}],"limits":{"webex_meetings":3},"address":{"addressLine1":"1 Example Street","city":"Berlin","zipOrPostalCode":"10115","country":"DE"},"caseId":"case_01m808re4re0frerjmm41tqh51","errors":[],"origin":"case","provisioningId":"MDFhMjAwOGMtMzU4ZC03M2NiLThkM2QtZTc4ZWQwM2E4Y2Y5","createdAt":"2026-11-21T23:58:39.302638Z","updatedAt":"2026-11-21T23:58:42.026048Z","sequence":5}');
INSERT INTO public.view_customers_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'cust_01m808rgyrengv32z5sjbmennk', '{"id":"cust_01m808rgyrengv32z5sjbmennk","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","externalId":"retail","name":"Example Retail","organizationId":"org_01m808rgyrengv32z5spea87q4","status":"provisioned","packages":[{"name":"webex_calling","status":"provisioned","licenseIds":["lic_0j6sjcnb1ahksthndpvx7ecsym"],"warnings":[],"errors":[]},{"name":"webex_meetings","status":"provisioned","licenseIds":["lic_4qa0ypgkszh21ak27t7c6b4hn6"],"warnings":[],"errors":[]}],"address":{"addressLine1":"1 Example Street","city":"Berlin","zipOrPostalCode":"10115","country":"DE"},"primaryEmail":{"sealed":"XC20P.per_01m808rgyse2kszqy2f5pb4zzz.1.Smkf1K3PIxmhadP_f7oR9XXApMkppHkc7XU5tfac-Pq0HDUy7eIHLIE84YNGXjYactzsBEeUSuTP8ltP7lQ"},"errors":[],"origin":"created","provisioningId":"MDFhMjAwOGMtMzU4ZC03M2NiLThkM2QtZTc4ZWQwM2E4Y2Y5","createdAt":"2026-11-21T23:58:42.138168Z","updatedAt":"2026-11-21T23:58:42.228816Z","sequence":5}');
INSERT INTO public.view_customers_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'cust_01m808rm19etwtwjp2hh4wfgxs', '{"id":"cust_01m808rm19etwtwjp2hh4wfgxs","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","externalId":"works","name":"Example Works","organizationId":"org_62r9je9fmshwaa3kw267jg2wem","status":"provisioned","packages":[{"name":"webex_meetings","status":"provisioned","licenseIds":["lic_7y6wj82e12hxg8tpebhqhqh5hf"],"warnings":[],"errors":[]}],"address":{"addressLine1":"1 Example Street","city":"Berlin","zipOrPostalCode":"10115","country":"DE"},"assessment":{"way":"consent","criteria":["many_users"],"grant":"provisioning_admin"},"errors":[],"origin":"attached","provisioningId":"MDFhMjAwOGMtMzU5ZS03MGJlLThjZjAtMzIxNDFiNGIxMGY3","createdAt":"2026-11-21T23:58:45.28991Z","updatedAt":"2026-11-21T23:58:45.600757Z","sequence":5}');


--
-- Data for Name: view_history_1; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.view_history_1 VALUES ('platform', '0000000000000000001', '{"type":"key.issued","actor":"local","aggregateType":"access_key","aggregateId":"key_2snyy155b6ge2amcttjq6eb2d5","trackingId":"start","recordedAt":"2026-11-21T23:58:37.747708Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000002', '{"type":"partner.registered","actor":"key_2snyy155b6ge2amcttjq6eb2d5","aggregateType":"partner","aggregateId":"ptr_01m808rdare8wapv4tcb8s2jp9","trackingId":"trk_01a2008c3556763fb224140774b27ec6","recordedAt":"2026-11-21T23:58:38.425703Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000003', '{"type":"key.issued","actor":"key_2snyy155b6ge2amcttjq6eb2d5","aggregateType":"access_key","aggregateId":"key_638m6pp1hthf2s4v97x91yg9p0","trackingId":"trk_01a2008c3568729cbab8d7b88045b82e","recordedAt":"2026-11-21T23:58:38.443646Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000004', '{"type":"key.issued","actor":"key_2snyy155b6ge2amcttjq6eb2d5","aggregateType":"access_key","aggregateId":"key_4pzt2j8e7tgebr4gczw3fgveys","trackingId":"trk_01a2008c357470e3b7acc7521223cfba","recordedAt":"2026-11-21T23:58:38.453767Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000005', '{"type":"key.issued","actor":"key_2snyy155b6ge2amcttjq6eb2d5","aggregateType":"access_key","aggregateId":"key_1jbspsfcf5gpg88pm9xag1j1hq","trackingId":"trk_01a2008c357e76d8a856f6476090499c","recordedAt":"2026-11-21T23:58:38.463599Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000006', '{"type":"template.created","actor":"key_638m6pp1hthf2s4v97x91yg9p0","aggregateType":"onboarding_template","aggregateId":"tmpl_01m808rdcdef5rtff7hv83n37s","trackingId":"trk_01a2008c358c777b992798f63b3c5159","recordedAt":"2026-11-21T23:58:38.480825Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000007', '{"type":"template.created","actor":"key_638m6pp1hthf2s4v97x91yg9p0","aggregateType":"onboarding_template","aggregateId":"tmpl_01m808rdcye2z8sw1j2gdmp47q","trackingId":"trk_01a2008c359d767aac5fe56540068b4e","recordedAt":"2026-11-21T23:58:38.502034Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000008', '{"type":"case.created","actor":"key_638m6pp1hthf2s4v97x91yg9p0","aggregateType":"case","aggregateId":"case_01m808re4re0frerjmm41tqh51","trackingId":"trk_01a2008c35ab7621b6fd2735480b7c29","recordedAt":"2026-11-21T23:58:39.260057Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000009', '{"type":"case.org_requested","actor":"key_638m6pp1hthf2s4v97x91yg9p0","aggregateType":"case","aggregateId":"case_01m808re4re0frerjmm41tqh51","trackingId":"trk_01a2008c35ab7621b6fd2735480b7c29","recordedAt":"2026-11-21T23:58:39.260057Z"}');
INSERT INTO public.view_history_1 VALUES ('org_01m808re4re0frerjmmf09pyze', '0000000000000000010', '{"type":"organization.created","actor":"case_onboarding","aggregateType":"organization","aggregateId":"org_01m808re4re0frerjmmf09pyze","trackingId":"trk_01a2008c35ab7621b6fd2735480b7c29","recordedAt":"2026-11-21T23:58:39.292859Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000011', '{"type":"customer.created","actor":"case_onboarding","aggregateType":"customer","aggregateId":"cust_01m808re4re0frerjmmhr20qfx","trackingId":"trk_01a2008c35ab7621b6fd2735480b7c29","recordedAt":"2026-11-21T23:58:39.302638Z"}');
INSERT INTO public.view_history_1 VALUES ('org_01m808re4re0frerjmmf09pyze', '0000000000000000012', '{"type":"invitation.issued","actor":"case_onboarding","aggregateType":"invitation","aggregateId":"inv_01m808re4re0frerjmmnk357gn","trackingId":"trk_01a2008c35ab7621b6fd2735480b7c29","recordedAt":"2026-11-21T23:58:39.317285Z"}');
INSERT INTO public.view_history_1 VALUES ('org_01m808re4re0frerjmmf09pyze', '0000000000000000013', '{"type":"invitation.sent","actor":"invite_person","aggregateType":"invitation","aggregateId":"inv_01m808re4re0frerjmmnk357gn","trackingId":"trk_01a2008c35ab7621b6fd2735480b7c29","recordedAt":"2026-11-21T23:58:39.34621Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000014', '{"type":"case.org_ready","actor":"invite_person","aggregateType":"case","aggregateId":"case_01m808re4re0frerjmm41tqh51","trackingId":"trk_01a2008c35ab7621b6fd2735480b7c29","recordedAt":"2026-11-21T23:58:39.367024Z"}');
INSERT INTO public.view_history_1 VALUES ('org_01m808re4re0frerjmmf09pyze', '0000000000000000015', '{"type":"invitation.terms_accepted","actor":"inv_01m808re4re0frerjmmnk357gn","aggregateType":"invitation","aggregateId":"inv_01m808re4re0frerjmmnk357gn","trackingId":"trk_01a2008c395472f3b432c76d24a6b375","recordedAt":"2026-11-21T23:58:40.164587Z"}');
INSERT INTO public.view_history_1 VALUES ('org_01m808re4re0frerjmmf09pyze', '0000000000000000016', '{"type":"invitation.accepted","actor":"inv_01m808re4re0frerjmmnk357gn","aggregateType":"invitation","aggregateId":"inv_01m808re4re0frerjmmnk357gn","trackingId":"trk_01a2008c395472f3b432c76d24a6b375","recordedAt":"2026-11-21T23:58:40.164587Z"}');
INSERT INTO public.view_history_1 VALUES ('org_01m808re4re0frerjmmf09pyze', '0000000000000000017', '{"type":"organization.member_added","actor":"invite_person","aggregateType":"organization","aggregateId":"org_01m808re4re0frerjmmf09pyze","trackingId":"trk_01a2008c395472f3b432c76d24a6b375","recordedAt":"2026-11-21T23:58:40.188008Z"}');
INSERT INTO public.view_history_1 VALUES ('org_01m808re4re0frerjmmf09pyze', '0000000000000000018', '{"type":"organization.users_counted","actor":"invite_person","aggregateType":"organization","aggregateId":"org_01m808re4re0frerjmmf09pyze","trackingId":"trk_01a2008c395472f3b432c76d24a6b375","recordedAt":"2026-11-21T23:58:40.188008Z"}');
INSERT INTO public.view_history_1 VALUES ('org_01m808re4re0frerjmmf09pyze', '0000000000000000019', '{"type":"organization.activated","actor":"invite_person","aggregateType":"organization","aggregateId":"org_01m808re4re0frerjmmf09pyze","trackingId":"trk_01a2008c395472f3b432c76d24a6b375","recordedAt":"2026-11-21T23:58:40.188008Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000020', '{"type":"customer.activated","actor":"attach_organization","aggregateType":"customer","aggregateId":"cust_01m808re4re0frerjmmhr20qfx","trackingId":"trk_01a2008c395472f3b432c76d24a6b375","recordedAt":"2026-11-21T23:58:40.244816Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000021', '{"type":"quote.drafted","actor":"key_638m6pp1hthf2s4v97x91yg9p0","aggregateType":"quote","aggregateId":"quo_01m808rgp8e0nrxed3wtz88ra5","trackingId":"trk_01a2008c42c776a088358dc28e10eece","recordedAt":"2026-11-21T23:58:41.868273Z"}');
INSERT INTO public.view_history_1 VALUES ('org_01m808re4re0frerjmmf09pyze', '0000000000000000030', '{"type":"organization.license_set","actor":"change_customer","aggregateType":"organization","aggregateId":"org_01m808re4re0frerjmmf09pyze","trackingId":"trk_01a2008c42fc721eaf84b48d65cd20eb","recordedAt":"2026-11-21T23:58:42.021644Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000022', '{"type":"quote.submitted","actor":"key_638m6pp1hthf2s4v97x91yg9p0","aggregateType":"quote","aggregateId":"quo_01m808rgp8e0nrxed3wtz88ra5","trackingId":"trk_01a2008c42dc721986186d35c2b67ddf","recordedAt":"2026-11-21T23:58:41.886077Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000023', '{"type":"quote.approved","actor":"key_2snyy155b6ge2amcttjq6eb2d5","aggregateType":"quote","aggregateId":"quo_01m808rgp8e0nrxed3wtz88ra5","trackingId":"trk_01a2008c42ed74ac8bc8ddba6d33a9b2","recordedAt":"2026-11-21T23:58:41.902216Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000024', '{"type":"quote.accepted","actor":"key_638m6pp1hthf2s4v97x91yg9p0","aggregateType":"quote","aggregateId":"quo_01m808rgp8e0nrxed3wtz88ra5","trackingId":"trk_01a2008c42fc721eaf84b48d65cd20eb","recordedAt":"2026-11-21T23:58:41.917372Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000025', '{"type":"case.quoting_started","actor":"fulfil_quote","aggregateType":"case","aggregateId":"case_01m808re4re0frerjmm41tqh51","trackingId":"trk_01a2008c42c776a088358dc28e10eece","recordedAt":"2026-11-21T23:58:41.948087Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000026', '{"type":"subscription.started","actor":"fulfil_quote","aggregateType":"subscription","aggregateId":"sbn_01m808rgqwe8faz15mhzc34aq9","trackingId":"trk_01a2008c42fc721eaf84b48d65cd20eb","recordedAt":"2026-11-21T23:58:41.956488Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000027', '{"type":"case.won","actor":"fulfil_quote","aggregateType":"case","aggregateId":"case_01m808re4re0frerjmm41tqh51","trackingId":"trk_01a2008c42fc721eaf84b48d65cd20eb","recordedAt":"2026-11-21T23:58:41.972944Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000028', '{"type":"quote.fulfilled","actor":"fulfil_quote","aggregateType":"quote","aggregateId":"quo_01m808rgp8e0nrxed3wtz88ra5","trackingId":"trk_01a2008c42fc721eaf84b48d65cd20eb","recordedAt":"2026-11-21T23:58:41.97574Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000029', '{"type":"customer.update_requested","actor":"run_subscription","aggregateType":"customer","aggregateId":"cust_01m808re4re0frerjmmhr20qfx","trackingId":"trk_01a2008c42fc721eaf84b48d65cd20eb","recordedAt":"2026-11-21T23:58:41.99728Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000031', '{"type":"customer.package_provisioned","actor":"change_customer","aggregateType":"customer","aggregateId":"cust_01m808re4re0frerjmmhr20qfx","trackingId":"trk_01a2008c42fc721eaf84b48d65cd20eb","recordedAt":"2026-11-21T23:58:42.026048Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000032', '{"type":"customer.updated","actor":"change_customer","aggregateType":"customer","aggregateId":"cust_01m808re4re0frerjmmhr20qfx","trackingId":"trk_01a2008c42fc721eaf84b48d65cd20eb","recordedAt":"2026-11-21T23:58:42.026048Z"}');
INSERT INTO public.view_history_1 VALUES ('org_62r9je9fmshwaa3kw267jg2wem', '0000000000000000055', '{"type":"organization.consent_granted","actor":"usr_01m808rm0ged9vjqy5fbpqnd4d","aggregateType":"organization","aggregateId":"org_62r9je9fmshwaa3kw267jg2wem","trackingId":"trk_01a2008c50ec76f0b5f0f47ffa624972","recordedAt":"2026-11-21T23:58:45.486302Z"}');
INSERT INTO public.view_history_1 VALUES ('org_62r9je9fmshwaa3kw267jg2wem', '0000000000000000056', '{"type":"organization.attach_approved","actor":"usr_01m808rm0ged9vjqy5fbpqnd4d","aggregateType":"organization","aggregateId":"org_62r9je9fmshwaa3kw267jg2wem","trackingId":"trk_01a2008c50ec76f0b5f0f47ffa624972","recordedAt":"2026-11-21T23:58:45.486302Z"}');
INSERT INTO public.view_history_1 VALUES ('org_62r9je9fmshwaa3kw267jg2wem', '0000000000000000057', '{"type":"organization.attached","actor":"usr_01m808rm0ged9vjqy5fbpqnd4d","aggregateType":"organization","aggregateId":"org_62r9je9fmshwaa3kw267jg2wem","trackingId":"trk_01a2008c50ec76f0b5f0f47ffa624972","recordedAt":"2026-11-21T23:58:45.486302Z"}');
INSERT INTO public.view_history_1 VALUES ('org_62r9je9fmshwaa3kw267jg2wem', '0000000000000000058', '{"type":"organization.grant_given","actor":"usr_01m808rm0ged9vjqy5fbpqnd4d","aggregateType":"organization","aggregateId":"org_62r9je9fmshwaa3kw267jg2wem","trackingId":"trk_01a2008c50ec76f0b5f0f47ffa624972","recordedAt":"2026-11-21T23:58:45.486302Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000033', '{"type":"customer.org_requested","actor":"key_638m6pp1hthf2s4v97x91yg9p0","aggregateType":"customer","aggregateId":"cust_01m808rgyrengv32z5sjbmennk","trackingId":"trk_01a2008c43d476529f4f4e7db2209789","recordedAt":"2026-11-21T23:58:42.138168Z"}');
INSERT INTO public.view_history_1 VALUES ('org_01m808rgyrengv32z5spea87q4', '0000000000000000034', '{"type":"organization.created","actor":"provision_customer","aggregateType":"organization","aggregateId":"org_01m808rgyrengv32z5spea87q4","trackingId":"trk_01a2008c43d476529f4f4e7db2209789","recordedAt":"2026-11-21T23:58:42.17679Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000035', '{"type":"customer.provisioning_started","actor":"provision_customer","aggregateType":"customer","aggregateId":"cust_01m808rgyrengv32z5sjbmennk","trackingId":"trk_01a2008c43d476529f4f4e7db2209789","recordedAt":"2026-11-21T23:58:42.178515Z"}');
INSERT INTO public.view_history_1 VALUES ('org_01m808rgyrengv32z5spea87q4', '0000000000000000036', '{"type":"organization.license_set","actor":"provision_customer","aggregateType":"organization","aggregateId":"org_01m808rgyrengv32z5spea87q4","trackingId":"trk_01a2008c43d476529f4f4e7db2209789","recordedAt":"2026-11-21T23:58:42.212037Z"}');
INSERT INTO public.view_history_1 VALUES ('org_01m808rgyrengv32z5spea87q4', '0000000000000000038', '{"type":"organization.license_set","actor":"provision_customer","aggregateType":"organization","aggregateId":"org_01m808rgyrengv32z5spea87q4","trackingId":"trk_01a2008c43d476529f4f4e7db2209789","recordedAt":"2026-11-21T23:58:42.223387Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000037', '{"type":"customer.package_provisioned","actor":"provision_customer","aggregateType":"customer","aggregateId":"cust_01m808rgyrengv32z5sjbmennk","trackingId":"trk_01a2008c43d476529f4f4e7db2209789","recordedAt":"2026-11-21T23:58:42.216657Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000039', '{"type":"customer.package_provisioned","actor":"provision_customer","aggregateType":"customer","aggregateId":"cust_01m808rgyrengv32z5sjbmennk","trackingId":"trk_01a2008c43d476529f4f4e7db2209789","recordedAt":"2026-11-21T23:58:42.228816Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000040', '{"type":"customer.provisioned","actor":"provision_customer","aggregateType":"customer","aggregateId":"cust_01m808rgyrengv32z5sjbmennk","trackingId":"trk_01a2008c43d476529f4f4e7db2209789","recordedAt":"2026-11-21T23:58:42.228816Z"}');
INSERT INTO public.view_history_1 VALUES ('org_01m808rgyrengv32z5spea87q4', '0000000000000000041', '{"type":"invitation.issued","actor":"provision_customer","aggregateType":"invitation","aggregateId":"inv_3hwt3ajckfgb3at5y8gcrm8285","trackingId":"trk_01a2008c43d476529f4f4e7db2209789","recordedAt":"2026-11-21T23:58:42.286027Z"}');
INSERT INTO public.view_history_1 VALUES ('org_01m808rgyrengv32z5spea87q4', '0000000000000000042', '{"type":"invitation.sent","actor":"invite_person","aggregateType":"invitation","aggregateId":"inv_3hwt3ajckfgb3at5y8gcrm8285","trackingId":"trk_01a2008c43d476529f4f4e7db2209789","recordedAt":"2026-11-21T23:58:42.324422Z"}');
INSERT INTO public.view_history_1 VALUES ('org_62r9je9fmshwaa3kw267jg2wem', '0000000000000000064', '{"type":"organization.license_set","actor":"provision_customer","aggregateType":"organization","aggregateId":"org_62r9je9fmshwaa3kw267jg2wem","trackingId":"trk_01a2008c50ec76f0b5f0f47ffa624972","recordedAt":"2026-11-21T23:58:45.590088Z"}');
INSERT INTO public.view_history_1 VALUES ('platform', '0000000000000000059', '{"type":"meter.defined","actor":"key_2snyy155b6ge2amcttjq6eb2d5","aggregateType":"meter","aggregateId":"calls.minutes","trackingId":"trk_01a2008c50fa7523a25b4a348f0a7cfd","recordedAt":"2026-11-21T23:58:45.51055Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000060', '{"type":"customer.attach_answered","actor":"attach_organization","aggregateType":"customer","aggregateId":"cust_01m808rm19etwtwjp2hh4wfgxs","trackingId":"trk_01a2008c50ec76f0b5f0f47ffa624972","recordedAt":"2026-11-21T23:58:45.532832Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000061', '{"type":"usage.recorded","actor":"key_638m6pp1hthf2s4v97x91yg9p0","aggregateType":"usage","aggregateId":"cust_01m808rgyrengv32z5sjbmennk.calls.minutes.2026-01","trackingId":"trk_01a2008c511374fabefa87e6cb44e8b2","recordedAt":"2026-11-21T23:58:45.540301Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000062', '{"type":"usage.recorded","actor":"key_638m6pp1hthf2s4v97x91yg9p0","aggregateType":"usage","aggregateId":"cust_01m808rgyrengv32z5sjbmennk.calls.minutes.2026-01","trackingId":"trk_01a2008c51357180ac0483489380d0c0","recordedAt":"2026-11-21T23:58:45.558437Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000063', '{"type":"usage.recorded","actor":"key_638m6pp1hthf2s4v97x91yg9p0","aggregateType":"usage","aggregateId":"cust_01m808rgyrengv32z5sjbmennk.calls.minutes.2026-01","trackingId":"trk_01a2008c514c755ab8571bc761c0039f","recordedAt":"2026-11-21T23:58:45.581894Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000065', '{"type":"customer.package_provisioned","actor":"provision_customer","aggregateType":"customer","aggregateId":"cust_01m808rm19etwtwjp2hh4wfgxs","trackingId":"trk_01a2008c50ec76f0b5f0f47ffa624972","recordedAt":"2026-11-21T23:58:45.600757Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000066', '{"type":"customer.provisioned","actor":"provision_customer","aggregateType":"customer","aggregateId":"cust_01m808rm19etwtwjp2hh4wfgxs","trackingId":"trk_01a2008c50ec76f0b5f0f47ffa624972","recordedAt":"2026-11-21T23:58:45.600757Z"}');
INSERT INTO public.view_history_1 VALUES ('org_01m808rgyrengv32z5spea87q4', '0000000000000000043', '{"type":"invitation.terms_accepted","actor":"inv_3hwt3ajckfgb3at5y8gcrm8285","aggregateType":"invitation","aggregateId":"inv_3hwt3ajckfgb3at5y8gcrm8285","trackingId":"trk_01a2008c4b0d73ecbf8f171258e91d17","recordedAt":"2026-11-21T23:58:45.213454Z"}');
INSERT INTO public.view_history_1 VALUES ('org_01m808rgyrengv32z5spea87q4', '0000000000000000044', '{"type":"invitation.accepted","actor":"inv_3hwt3ajckfgb3at5y8gcrm8285","aggregateType":"invitation","aggregateId":"inv_3hwt3ajckfgb3at5y8gcrm8285","trackingId":"trk_01a2008c4b0d73ecbf8f171258e91d17","recordedAt":"2026-11-21T23:58:45.213454Z"}');
INSERT INTO public.view_history_1 VALUES ('org_01m808rgyrengv32z5spea87q4', '0000000000000000045', '{"type":"organization.member_added","actor":"invite_person","aggregateType":"organization","aggregateId":"org_01m808rgyrengv32z5spea87q4","trackingId":"trk_01a2008c4b0d73ecbf8f171258e91d17","recordedAt":"2026-11-21T23:58:45.235425Z"}');
INSERT INTO public.view_history_1 VALUES ('org_01m808rgyrengv32z5spea87q4', '0000000000000000046', '{"type":"organization.users_counted","actor":"invite_person","aggregateType":"organization","aggregateId":"org_01m808rgyrengv32z5spea87q4","trackingId":"trk_01a2008c4b0d73ecbf8f171258e91d17","recordedAt":"2026-11-21T23:58:45.235425Z"}');
INSERT INTO public.view_history_1 VALUES ('org_01m808rgyrengv32z5spea87q4', '0000000000000000047', '{"type":"organization.activated","actor":"invite_person","aggregateType":"organization","aggregateId":"org_01m808rgyrengv32z5spea87q4","trackingId":"trk_01a2008c4b0d73ecbf8f171258e91d17","recordedAt":"2026-11-21T23:58:45.235425Z"}');
INSERT INTO public.view_history_1 VALUES ('org_62r9je9fmshwaa3kw267jg2wem', '0000000000000000048', '{"type":"organization.registered","actor":"key_2snyy155b6ge2amcttjq6eb2d5","aggregateType":"organization","aggregateId":"org_62r9je9fmshwaa3kw267jg2wem","trackingId":"trk_01a2008c5002746588178a7dcd572494","recordedAt":"2026-11-21T23:58:45.271408Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000049', '{"type":"customer.attach_requested","actor":"key_638m6pp1hthf2s4v97x91yg9p0","aggregateType":"customer","aggregateId":"cust_01m808rm19etwtwjp2hh4wfgxs","trackingId":"trk_01a2008c5022758999542196c789aea2","recordedAt":"2026-11-21T23:58:45.28991Z"}');
INSERT INTO public.view_history_1 VALUES ('org_62r9je9fmshwaa3kw267jg2wem', '0000000000000000050', '{"type":"organization.attach_reserved","actor":"provision_customer","aggregateType":"organization","aggregateId":"org_62r9je9fmshwaa3kw267jg2wem","trackingId":"trk_01a2008c5022758999542196c789aea2","recordedAt":"2026-11-21T23:58:45.320763Z"}');
INSERT INTO public.view_history_1 VALUES ('org_62r9je9fmshwaa3kw267jg2wem', '0000000000000000051', '{"type":"organization.attach_assessed","actor":"provision_customer","aggregateType":"organization","aggregateId":"org_62r9je9fmshwaa3kw267jg2wem","trackingId":"trk_01a2008c5022758999542196c789aea2","recordedAt":"2026-11-21T23:58:45.320763Z"}');
INSERT INTO public.view_history_1 VALUES ('org_62r9je9fmshwaa3kw267jg2wem', '0000000000000000052', '{"type":"organization.consent_requested","actor":"provision_customer","aggregateType":"organization","aggregateId":"org_62r9je9fmshwaa3kw267jg2wem","trackingId":"trk_01a2008c5022758999542196c789aea2","recordedAt":"2026-11-21T23:58:45.320763Z"}');
INSERT INTO public.view_history_1 VALUES ('org_62r9je9fmshwaa3kw267jg2wem', '0000000000000000054', '{"type":"organization.consent_mailed","actor":"attach_organization","aggregateType":"organization","aggregateId":"org_62r9je9fmshwaa3kw267jg2wem","trackingId":"trk_01a2008c5022758999542196c789aea2","recordedAt":"2026-11-21T23:58:45.374645Z"}');
INSERT INTO public.view_history_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', '0000000000000000053', '{"type":"customer.attach_answered","actor":"attach_organization","aggregateType":"customer","aggregateId":"cust_01m808rm19etwtwjp2hh4wfgxs","trackingId":"trk_01a2008c5022758999542196c789aea2","recordedAt":"2026-11-21T23:58:45.349962Z"}');


--
-- Data for Name: view_invitations_1; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.view_invitations_1 VALUES ('org_01m808re4re0frerjmmf09pyze', 'inv_01m808re4re0frerjmmnk357gn', '{"id":"inv_01m808re4re0frerjmmnk357gn","organizationId":"org_01m808re4re0frerjmmf09pyze","organizationName":"Example Harbour","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","customerId":"cust_01m808re4re0frerjmmhr20qfx","caseId":"case_01m808re4re0frerjmm41tqh51","name":{"sealed":"XC20P.per_01m808re6hetfb61nz77dmafc8.1.fmogvMe1YJFiUYIcJze7TsTzhuwseOCI_5OwHSC5VyyWbbWdhkoo5jG4Cx1cVana5cd9TA"},"email":{"sealed":"XC20P.per_01m808re6hetfb61nz77dmafc8.1.UczIV0_iY_j0VgQ0nwvOLtRuxyvcNeWPdHZuOJV1axnyILXoRxGZ-gB-po0yGFwKBfjA9rHsBL09pyqn"},"role":"org_admin","status":"accepted","side":"organization","mails":1,"expiresAt":"2026-12-05T23:58:39.31414Z","createdAt":"2026-11-21T23:58:39.317285Z","sequence":4}');
INSERT INTO public.view_invitations_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'inv_01m808re4re0frerjmmnk357gn', '{"id":"inv_01m808re4re0frerjmmnk357gn","organizationId":"org_01m808re4re0frerjmmf09pyze","organizationName":"Example Harbour","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","customerId":"cust_01m808re4re0frerjmmhr20qfx","caseId":"case_01m808re4re0frerjmm41tqh51","role":"org_admin","status":"accepted","side":"partner","mails":1,"expiresAt":"2026-12-05T23:58:39.31414Z","createdAt":"2026-11-21T23:58:39.317285Z","sequence":4}');
INSERT INTO public.view_invitations_1 VALUES ('org_01m808rgyrengv32z5spea87q4', 'inv_3hwt3ajckfgb3at5y8gcrm8285', '{"id":"inv_3hwt3ajckfgb3at5y8gcrm8285","organizationId":"org_01m808rgyrengv32z5spea87q4","organizationName":"Example Retail","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","customerId":"cust_01m808rgyrengv32z5sjbmennk","email":{"sealed":"XC20P.per_01m808rh3ceejvd6e28ts906cg.1.hGdB_7J6s5Vf3AFVq_kQOyFjz5S3Vo7JF8RAZX7q1CcDw-H1m4R12Cf4fxylnR0YVpLCp69VhKdpEHjQzuE"},"role":"org_admin","status":"accepted","side":"organization","mails":1,"expiresAt":"2026-12-05T23:58:42.28428Z","createdAt":"2026-11-21T23:58:42.286027Z","sequence":4}');
INSERT INTO public.view_invitations_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'inv_3hwt3ajckfgb3at5y8gcrm8285', '{"id":"inv_3hwt3ajckfgb3at5y8gcrm8285","organizationId":"org_01m808rgyrengv32z5spea87q4","organizationName":"Example Retail","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","customerId":"cust_01m808rgyrengv32z5sjbmennk","role":"org_admin","status":"accepted","side":"partner","mails":1,"expiresAt":"2026-12-05T23:58:42.28428Z","createdAt":"2026-11-21T23:58:42.286027Z","sequence":4}');


--
-- Data for Name: view_keys_1; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.view_keys_1 VALUES ('platform', 'key_2snyy155b6ge2amcttjq6eb2d5', '{"id":"key_2snyy155b6ge2amcttjq6eb2d5","tenant":"platform","role":"operator","name":"configured operator key","createdAt":"2026-11-21T23:58:37.747708Z"}');
INSERT INTO public.view_keys_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'key_1jbspsfcf5gpg88pm9xag1j1hq', '{"id":"key_1jbspsfcf5gpg88pm9xag1j1hq","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","role":"auditor","name":"auditor","createdAt":"2026-11-21T23:58:38.463599Z"}');
INSERT INTO public.view_keys_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'key_4pzt2j8e7tgebr4gczw3fgveys', '{"id":"key_4pzt2j8e7tgebr4gczw3fgveys","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","role":"partner_admin","name":"partner_admin","createdAt":"2026-11-21T23:58:38.453767Z"}');
INSERT INTO public.view_keys_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'key_638m6pp1hthf2s4v97x91yg9p0', '{"id":"key_638m6pp1hthf2s4v97x91yg9p0","tenant":"ptr_01m808rdare8wapv4tcb8s2jp9","role":"service","name":"service","createdAt":"2026-11-21T23:58:38.443646Z"}');


--
-- Data for Name: view_meters_1; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.view_meters_1 VALUES ('platform', 'calls.minutes', '{"name":"calls.minutes","kind":"sum","unit":"minutes"}');


--
-- Data for Name: view_operations_1; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.view_operations_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'op_01m808re4re0frerjmm9wqmm69', '{"id":"op_01m808re4re0frerjmm9wqmm69","kind":"create_case","state":"succeeded","subject":{"type":"case","id":"case_01m808re4re0frerjmm41tqh51"},"steps":[{"name":"create_organization","state":"done","attempts":1,"startedAt":"2026-11-21T23:58:39.260057Z","finishedAt":"2026-11-21T23:58:39.367024Z"},{"name":"send_invitation","state":"done","attempts":0,"finishedAt":"2026-11-21T23:58:39.367024Z"}],"errors":[],"result":{"customerId":"cust_01m808re4re0frerjmmhr20qfx","organizationId":"org_01m808re4re0frerjmmf09pyze"},"createdAt":"2026-11-21T23:58:39.260057Z","finishedAt":"2026-11-21T23:58:39.367024Z"}');
INSERT INTO public.view_operations_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'op_01m808rgqwe8faz15mhv751wf8', '{"id":"op_01m808rgqwe8faz15mhv751wf8","kind":"accept_quote","state":"succeeded","subject":{"type":"quote","id":"quo_01m808rgp8e0nrxed3wtz88ra5"},"steps":[{"name":"provision_package:webex_meetings","state":"done","attempts":1,"startedAt":"2026-11-21T23:58:41.99728Z","finishedAt":"2026-11-21T23:58:42.026048Z"}],"errors":[],"result":{"customerId":"cust_01m808re4re0frerjmmhr20qfx","organizationId":"org_01m808re4re0frerjmmf09pyze"},"createdAt":"2026-11-21T23:58:41.917372Z","finishedAt":"2026-11-21T23:58:42.026048Z"}');
INSERT INTO public.view_operations_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'op_01m808rgyrengv32z5ss36qrv9', '{"id":"op_01m808rgyrengv32z5ss36qrv9","kind":"create_customer_org","state":"succeeded","subject":{"type":"customer","id":"cust_01m808rgyrengv32z5sjbmennk"},"steps":[{"name":"create_organization","state":"done","attempts":1,"startedAt":"2026-11-21T23:58:42.138168Z","finishedAt":"2026-11-21T23:58:42.178515Z"},{"name":"provision_package:webex_calling","state":"done","attempts":1,"startedAt":"2026-11-21T23:58:42.178515Z","finishedAt":"2026-11-21T23:58:42.216657Z"},{"name":"provision_package:webex_meetings","state":"done","attempts":1,"startedAt":"2026-11-21T23:58:42.178515Z","finishedAt":"2026-11-21T23:58:42.228816Z"}],"errors":[],"result":{"customerId":"cust_01m808rgyrengv32z5sjbmennk","organizationId":"org_01m808rgyrengv32z5spea87q4"},"createdAt":"2026-11-21T23:58:42.138168Z","finishedAt":"2026-11-21T23:58:42.228816Z"}');
INSERT INTO public.view_operations_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'op_01m808rm19etwtwjp2hqx5badp', '{"id":"op_01m808rm19etwtwjp2hqx5badp","kind":"attach_existing_org","state":"succeeded","subject":{"type":"customer","id":"cust_01m808rm19etwtwjp2hh4wfgxs"},"steps":[{"name":"attach_organization","state":"done","attempts":1,"startedAt":"2026-11-21T23:58:45.28991Z","finishedAt":"2026-11-21T23:58:45.532832Z"},{"name":"provision_package:webex_meetings","state":"done","attempts":1,"startedAt":"2026-11-21T23:58:45.532832Z","finishedAt":"2026-11-21T23:58:45.600757Z"}],"errors":[],"result":{"customerId":"cust_01m808rm19etwtwjp2hh4wfgxs","organizationId":"org_62r9je9fmshwaa3kw267jg2wem"},"createdAt":"2026-11-21T23:58:45.28991Z","finishedAt":"2026-11-21T23:58:45.600757Z"}');


--
-- Data for Name: view_organizations_1; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.view_organizations_1 VALUES ('org_01m808re4re0frerjmmf09pyze', 'org_01m808re4re0frerjmmf09pyze', '{"id":"org_01m808re4re0frerjmmf09pyze","name":"Example Harbour","country":"DE","language":"de-DE","active":true,"trial":false,"userCount":1,"domains":[],"licenses":[{"id":"lic_1xenrbgdk7g3d93n1drfw78gv9","package":"webex_meetings","customerId":"cust_01m808re4re0frerjmmhr20qfx","state":"active","quantity":3}],"partners":[{"partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","customerId":"cust_01m808re4re0frerjmmhr20qfx","grant":"none"}],"authentication":{"method":"builtin"},"restrictedMode":false,"basicBranding":false,"createdAt":"2026-11-21T23:58:39.292859Z","sequence":5}');
INSERT INTO public.view_organizations_1 VALUES ('org_01m808rgyrengv32z5spea87q4', 'org_01m808rgyrengv32z5spea87q4', '{"id":"org_01m808rgyrengv32z5spea87q4","name":"Example Retail","country":"DE","language":"de-DE","active":true,"trial":false,"userCount":1,"domains":[],"licenses":[{"id":"lic_0j6sjcnb1ahksthndpvx7ecsym","package":"webex_calling","customerId":"cust_01m808rgyrengv32z5sjbmennk","state":"active"},{"id":"lic_4qa0ypgkszh21ak27t7c6b4hn6","package":"webex_meetings","customerId":"cust_01m808rgyrengv32z5sjbmennk","state":"active"}],"partners":[{"partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","customerId":"cust_01m808rgyrengv32z5sjbmennk","grant":"none"}],"authentication":{"method":"builtin"},"restrictedMode":false,"basicBranding":false,"createdAt":"2026-11-21T23:58:42.17679Z","sequence":6}');
INSERT INTO public.view_organizations_1 VALUES ('org_62r9je9fmshwaa3kw267jg2wem', 'org_62r9je9fmshwaa3kw267jg2wem', '{"id":"org_62r9je9fmshwaa3kw267jg2wem","name":"Example Works","country":"SE","active":true,"trial":false,"userCount":150,"domains":[],"licenses":[{"id":"","package":"webex_meetings","state":"active"},{"id":"lic_7y6wj82e12hxg8tpebhqhqh5hf","package":"webex_meetings","customerId":"cust_01m808rm19etwtwjp2hh4wfgxs","state":"active"}],"partners":[{"partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","customerId":"cust_01m808rm19etwtwjp2hh4wfgxs","grant":"provisioning_admin"}],"restrictedMode":false,"basicBranding":false,"createdAt":"2026-11-21T23:58:45.271408Z","sequence":10}');


--
-- Data for Name: view_partners_1; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.view_partners_1 VALUES ('platform', 'ptr_01m808rdare8wapv4tcb8s2jp9', '{"id":"ptr_01m808rdare8wapv4tcb8s2jp9","name":"Example Resale","country":"DE","region":"eu","suspended":false,"createdAt":"2026-11-21T23:58:38.425703Z"}');


--
-- Data for Name: view_projects_1; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: view_provisioning_1; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.view_provisioning_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'cust_01m808re4re0frerjmmhr20qfx', '{"customerId":"cust_01m808re4re0frerjmmhr20qfx","operationId":"op_01m808rgqwe8faz15mhv751wf8","name":"Example Harbour","status":"provisioned","steps":[{"name":"provision_package:webex_meetings","state":"done","attempts":1,"startedAt":"2026-11-21T23:58:41.99728Z","finishedAt":"2026-11-21T23:58:42.026048Z"}],"errors":[],"startedAt":"2026-11-21T23:58:41.99728Z","finishedAt":"2026-11-21T23:58:42.026048Z"}');
INSERT INTO public.view_provisioning_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'cust_01m808rgyrengv32z5sjbmennk', '{"customerId":"cust_01m808rgyrengv32z5sjbmennk","operationId":"op_01m808rgyrengv32z5ss36qrv9","name":"Example Retail","externalId":"retail","status":"provisioned","steps":[{"name":"create_organization","state":"done","attempts":1,"startedAt":"2026-11-21T23:58:42.138168Z","finishedAt":"2026-11-21T23:58:42.178515Z"},{"name":"provision_package:webex_calling","state":"done","attempts":1,"startedAt":"2026-11-21T23:58:42.178515Z","finishedAt":"2026-11-21T23:58:42.216657Z"},{"name":"provision_package:webex_meetings","state":"done","attempts":1,"startedAt":"2026-11-21T23:58:42.178515Z","finishedAt":"2026-11-21T23:58:42.228816Z"}],"errors":[],"startedAt":"2026-11-21T23:58:42.138168Z","finishedAt":"2026-11-21T23:58:42.228816Z"}');
INSERT INTO public.view_provisioning_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'cust_01m808rm19etwtwjp2hh4wfgxs', '{"customerId":"cust_01m808rm19etwtwjp2hh4wfgxs","operationId":"op_01m808rm19etwtwjp2hqx5badp","name":"Example Works","externalId":"works","status":"provisioned","steps":[{"name":"attach_organization","state":"done","attempts":1,"startedAt":"2026-11-21T23:58:45.28991Z","finishedAt":"2026-11-21T23:58:45.532832Z"},{"name":"provision_package:webex_meetings","state":"done","attempts":1,"startedAt":"2026-11-21T23:58:45.532832Z","finishedAt":"2026-11-21T23:58:45.600757Z"}],"errors":[],"startedAt":"2026-11-21T23:58:45.28991Z","finishedAt":"2026-11-21T23:58:45.600757Z"}');


--
-- Data for Name: view_quotes_1; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.view_quotes_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'quo_01m808rgp8e0nrxed3wtz88ra5', '{"id":"quo_01m808rgp8e0nrxed3wtz88ra5","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","caseId":"case_01m808re4re0frerjmm41tqh51","customerId":"cust_01m808re4re0frerjmmhr20qfx","organizationId":"org_01m808re4re0frerjmmf09pyze","state":"accepted","lines":[{"package":"webex_meetings","quantity":3,"unitPrice":"12.10","currency":"EUR","termMonths":12,"amount":"36.3"}],"currency":"EUR","total":"36.3","validUntil":"2026-12-21T23:58:41.864534Z","operationId":"op_01m808rgqwe8faz15mhv751wf8","subscriptionId":"sbn_01m808rgqwe8faz15mhzc34aq9","createdAt":"2026-11-21T23:58:41.868273Z","updatedAt":"2026-11-21T23:58:41.97574Z","sequence":5}');


--
-- Data for Name: view_screenings_1; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: view_subscriptions_1; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.view_subscriptions_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'sbn_01m808rgqwe8faz15mhzc34aq9', '{"id":"sbn_01m808rgqwe8faz15mhzc34aq9","partnerId":"ptr_01m808rdare8wapv4tcb8s2jp9","quoteId":"quo_01m808rgp8e0nrxed3wtz88ra5","caseId":"case_01m808re4re0frerjmm41tqh51","customerId":"cust_01m808re4re0frerjmmhr20qfx","organizationId":"org_01m808re4re0frerjmmf09pyze","state":"active","lines":[{"package":"webex_meetings","quantity":3,"unitPrice":"12.10","currency":"EUR","termMonths":12,"amount":"36.3"}],"currency":"EUR","total":"36.3","operationId":"op_01m808rgqwe8faz15mhv751wf8","startedAt":"2026-11-21T23:58:41.916901Z","endsAt":"2027-11-21T23:58:41.916901Z","updatedAt":"2026-11-21T23:58:41.956488Z","sequence":1}');


--
-- Data for Name: view_templates_1; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.view_templates_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'tmpl_01m808rdcdef5rtff7hv83n37s', '{"id":"tmpl_01m808rdcdef5rtff7hv83n37s","provisioningId":"MDFhMjAwOGMtMzU4ZC03M2NiLThkM2QtZTc4ZWQwM2E4Y2Y5","name":"Standard","kind":"wholesale","country":"DE","language":"de-DE","subscription":"S-100","brandName":"Example Voice","default":false,"warnings":[],"retired":false,"authentication":{"method":"builtin"},"allowAdminInviteOnAttach":false,"allowInternalCalls":false,"serviceProviderAdmin":{"sealed":"XC20P.per_01m808rdcfexvt65r23gkp5rzt.1.Cz0xtSirR7jU8M0-M_D3jRy1QxB9vjifx7uODSh50wKqJgd46C14S1MHZsWT4tmIfRac66RBvyqR9Bn5xvM"},"createdAt":"2026-11-21T23:58:38.480825Z","sequence":1}');
INSERT INTO public.view_templates_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'tmpl_01m808rdcye2z8sw1j2gdmp47q', '{"id":"tmpl_01m808rdcye2z8sw1j2gdmp47q","provisioningId":"MDFhMjAwOGMtMzU5ZS03MGJlLThjZjAtMzIxNDFiNGIxMGY3","name":"Asking","kind":"wholesale","country":"DE","language":"de-DE","subscription":"S-100","brandName":"Example Voice","default":false,"warnings":[],"retired":false,"authentication":{"method":"builtin"},"allowAdminInviteOnAttach":true,"allowInternalCalls":false,"serviceProviderAdmin":{"sealed":"XC20P.per_01m808rdcfexvt65r23gkp5rzt.1.lfDObDMuohY-KZ1tN4-BhL92cNv0GbLWZobXv6mV7A9R3uANmz1MFDfyAhiwPJ0v0UGKl7f7A9-Usdqq7VE"},"createdAt":"2026-11-21T23:58:38.502034Z","sequence":1}');


--
-- Data for Name: view_usage_1; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.view_usage_1 VALUES ('org_01m808rgyrengv32z5spea87q4', 'org_01m808rgyrengv32z5spea87q4/day/2026-01-01T00:00:00Z/calls.minutes', '{"organizationId":"org_01m808rgyrengv32z5spea87q4","meter":"calls.minutes","window":"day","start":"2026-01-01T00:00:00Z","records":1,"corrections":0,"sum":"12.5","maximum":"12.5","last":{"time":"2026-01-01T10:00:00Z","value":"12.5"}}');
INSERT INTO public.view_usage_1 VALUES ('org_01m808rgyrengv32z5spea87q4', 'org_01m808rgyrengv32z5spea87q4/day/2026-01-02T00:00:00Z/calls.minutes', '{"organizationId":"org_01m808rgyrengv32z5spea87q4","meter":"calls.minutes","window":"day","start":"2026-01-02T00:00:00Z","records":1,"corrections":0,"sum":"12.5","maximum":"12.5","last":{"time":"2026-01-02T10:00:00Z","value":"12.5"}}');
INSERT INTO public.view_usage_1 VALUES ('org_01m808rgyrengv32z5spea87q4', 'org_01m808rgyrengv32z5spea87q4/day/2026-01-03T00:00:00Z/calls.minutes', '{"organizationId":"org_01m808rgyrengv32z5spea87q4","meter":"calls.minutes","window":"day","start":"2026-01-03T00:00:00Z","records":1,"corrections":0,"sum":"12.5","maximum":"12.5","last":{"time":"2026-01-03T10:00:00Z","value":"12.5"}}');
INSERT INTO public.view_usage_1 VALUES ('org_01m808rgyrengv32z5spea87q4', 'org_01m808rgyrengv32z5spea87q4/hour/2026-01-01T10:00:00Z/calls.minutes', '{"organizationId":"org_01m808rgyrengv32z5spea87q4","meter":"calls.minutes","window":"hour","start":"2026-01-01T10:00:00Z","records":1,"corrections":0,"sum":"12.5","maximum":"12.5","last":{"time":"2026-01-01T10:00:00Z","value":"12.5"}}');
INSERT INTO public.view_usage_1 VALUES ('org_01m808rgyrengv32z5spea87q4', 'org_01m808rgyrengv32z5spea87q4/hour/2026-01-02T10:00:00Z/calls.minutes', '{"organizationId":"org_01m808rgyrengv32z5spea87q4","meter":"calls.minutes","window":"hour","start":"2026-01-02T10:00:00Z","records":1,"corrections":0,"sum":"12.5","maximum":"12.5","last":{"time":"2026-01-02T10:00:00Z","value":"12.5"}}');
INSERT INTO public.view_usage_1 VALUES ('org_01m808rgyrengv32z5spea87q4', 'org_01m808rgyrengv32z5spea87q4/hour/2026-01-03T10:00:00Z/calls.minutes', '{"organizationId":"org_01m808rgyrengv32z5spea87q4","meter":"calls.minutes","window":"hour","start":"2026-01-03T10:00:00Z","records":1,"corrections":0,"sum":"12.5","maximum":"12.5","last":{"time":"2026-01-03T10:00:00Z","value":"12.5"}}');
INSERT INTO public.view_usage_1 VALUES ('org_01m808rgyrengv32z5spea87q4', 'org_01m808rgyrengv32z5spea87q4/month/2026-01-01T00:00:00Z/calls.minutes', '{"organizationId":"org_01m808rgyrengv32z5spea87q4","meter":"calls.minutes","window":"month","start":"2026-01-01T00:00:00Z","records":3,"corrections":0,"sum":"37.5","maximum":"12.5","last":{"time":"2026-01-03T10:00:00Z","value":"12.5"}}');
INSERT INTO public.view_usage_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'org_01m808rgyrengv32z5spea87q4/day/2026-01-01T00:00:00Z/calls.minutes', '{"organizationId":"org_01m808rgyrengv32z5spea87q4","meter":"calls.minutes","window":"day","start":"2026-01-01T00:00:00Z","records":1,"corrections":0,"sum":"12.5","maximum":"12.5","last":{"time":"2026-01-01T10:00:00Z","value":"12.5"}}');
INSERT INTO public.view_usage_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'org_01m808rgyrengv32z5spea87q4/day/2026-01-02T00:00:00Z/calls.minutes', '{"organizationId":"org_01m808rgyrengv32z5spea87q4","meter":"calls.minutes","window":"day","start":"2026-01-02T00:00:00Z","records":1,"corrections":0,"sum":"12.5","maximum":"12.5","last":{"time":"2026-01-02T10:00:00Z","value":"12.5"}}');
INSERT INTO public.view_usage_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'org_01m808rgyrengv32z5spea87q4/day/2026-01-03T00:00:00Z/calls.minutes', '{"organizationId":"org_01m808rgyrengv32z5spea87q4","meter":"calls.minutes","window":"day","start":"2026-01-03T00:00:00Z","records":1,"corrections":0,"sum":"12.5","maximum":"12.5","last":{"time":"2026-01-03T10:00:00Z","value":"12.5"}}');
INSERT INTO public.view_usage_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'org_01m808rgyrengv32z5spea87q4/hour/2026-01-01T10:00:00Z/calls.minutes', '{"organizationId":"org_01m808rgyrengv32z5spea87q4","meter":"calls.minutes","window":"hour","start":"2026-01-01T10:00:00Z","records":1,"corrections":0,"sum":"12.5","maximum":"12.5","last":{"time":"2026-01-01T10:00:00Z","value":"12.5"}}');
INSERT INTO public.view_usage_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'org_01m808rgyrengv32z5spea87q4/hour/2026-01-02T10:00:00Z/calls.minutes', '{"organizationId":"org_01m808rgyrengv32z5spea87q4","meter":"calls.minutes","window":"hour","start":"2026-01-02T10:00:00Z","records":1,"corrections":0,"sum":"12.5","maximum":"12.5","last":{"time":"2026-01-02T10:00:00Z","value":"12.5"}}');
INSERT INTO public.view_usage_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'org_01m808rgyrengv32z5spea87q4/hour/2026-01-03T10:00:00Z/calls.minutes', '{"organizationId":"org_01m808rgyrengv32z5spea87q4","meter":"calls.minutes","window":"hour","start":"2026-01-03T10:00:00Z","records":1,"corrections":0,"sum":"12.5","maximum":"12.5","last":{"time":"2026-01-03T10:00:00Z","value":"12.5"}}');
INSERT INTO public.view_usage_1 VALUES ('ptr_01m808rdare8wapv4tcb8s2jp9', 'org_01m808rgyrengv32z5spea87q4/month/2026-01-01T00:00:00Z/calls.minutes', '{"organizationId":"org_01m808rgyrengv32z5spea87q4","meter":"calls.minutes","window":"month","start":"2026-01-01T00:00:00Z","records":3,"corrections":0,"sum":"37.5","maximum":"12.5","last":{"time":"2026-01-03T10:00:00Z","value":"12.5"}}');


--
-- Data for Name: view_users_1; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.view_users_1 VALUES ('org_01m808re4re0frerjmmf09pyze', 'usr_01m808re6hetfb61nz77dmafc8', '{"id":"usr_01m808re6hetfb61nz77dmafc8","role":"org_admin","givenName":{"sealed":"XC20P.per_01m808re6hetfb61nz77dmafc8.1.0lTp4cOx9Km6WECso7UkKD1j-MwT7Ad3kcsE8RPF8DHEI_6r1Cq_6Ziel6z3"},"familyName":{"sealed":"XC20P.per_01m808re6hetfb61nz77dmafc8.1.HD3WLEubtmDyBBzN1_2hzu-okehh5al6wEFTEQ4Bgt2mvT6FM7jQApg01kq5nY6mvg"},"email":{"sealed":"XC20P.per_01m808re6hetfb61nz77dmafc8.1.33gBRrpdovWw__TyFM1PZ9h9KkFA30XHGsaAySrtGofv936S4ry-c44HjGo9CFmlPDjgoJAQ9Q69Aa6_"},"createdAt":"2026-11-21T23:58:40.188008Z"}');
INSERT INTO public.view_users_1 VALUES ('org_01m808rgyrengv32z5spea87q4', 'usr_01m808rh3ceejvd6e28ts906cg', '{"id":"usr_01m808rh3ceejvd6e28ts906cg","role":"org_admin","givenName":{"sealed":"XC20P.per_01m808rh3ceejvd6e28ts906cg.1.TFk8hP8Stnxazr2Y74DYvsvthl15BlE9FXYmdzx2nNwEWjtEdM_V3IP9W66DF04"},"familyName":{"sealed":"XC20P.per_01m808rh3ceejvd6e28ts906cg.1.vW-yoqlxxHFcM42VkThPIVC8yTPNfenzsvQiGkAzljFUUA0akOWyiYBSebsxou5QXA"},"email":{"sealed":"XC20P.per_01m808rh3ceejvd6e28ts906cg.1.Sv1srGPWw0mLnCYrQkgGMNZRKegi7d3QCW2ca4lx8PDM7nZD2wEKrSfXz-jTVC8sAtu7YfQ7aP_SHGzv9hw"},"createdAt":"2026-11-21T23:58:45.235425Z"}');
INSERT INTO public.view_users_1 VALUES ('org_62r9je9fmshwaa3kw267jg2wem', 'usr_01m808rm0ged9vjqy5fbpqnd4d', '{"id":"usr_01m808rm0ged9vjqy5fbpqnd4d","role":"org_admin","email":{"sealed":"XC20P.per_01m808rm0ged9vjqy5fbpqnd4d.1.fplRm4w_qLPw_VVBO2YSYEhBxLxZHpF4wtMiqF71yjAP1yf0-BUQjmq8Ghv6yyv925W9CxCpPNHwZDwnJg"},"createdAt":"2026-11-21T23:58:45.271408Z"}');


--
-- Name: _sqlx_migrations _sqlx_migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public._sqlx_migrations
    ADD CONSTRAINT _sqlx_migrations_pkey PRIMARY KEY (version);


--
-- Name: claims claims_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.claims
    ADD CONSTRAINT claims_pkey PRIMARY KEY (tenant_id, kind, value, log);


--
-- Name: commands commands_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.commands
    ADD CONSTRAINT commands_pkey PRIMARY KEY (tenant_id, scope, command_id, log);


--
-- Name: credentials credentials_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.credentials
    ADD CONSTRAINT credentials_pkey PRIMARY KEY (credential_id, log);


--
-- Name: events events_log_position_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_log_position_key UNIQUE (log, "position");


--
-- Name: events events_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (aggregate_type, aggregate_id, sequence, log);


--
-- Name: logs logs_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.logs
    ADD CONSTRAINT logs_pkey PRIMARY KEY (log);


--
-- Name: meta meta_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.meta
    ADD CONSTRAINT meta_pkey PRIMARY KEY (singleton);


--
-- Name: outbox outbox_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (message_id, log);


--
-- Name: parked parked_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.parked
    ADD CONSTRAINT parked_pkey PRIMARY KEY (name, generation, log, tenant_id);


--
-- Name: person_keys person_keys_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.person_keys
    ADD CONSTRAINT person_keys_pkey PRIMARY KEY (tenant_id, subject, generation, log);


--
-- Name: process_state process_state_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.process_state
    ADD CONSTRAINT process_state_pkey PRIMARY KEY (process, process_id, log);


--
-- Name: projections projections_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.projections
    ADD CONSTRAINT projections_pkey PRIMARY KEY (name, generation, log);


--
-- Name: sessions sessions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (session_id, log);


--
-- Name: skips skips_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.skips
    ADD CONSTRAINT skips_pkey PRIMARY KEY (name, log, "position");


--
-- Name: tasks tasks_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_pkey PRIMARY KEY (task_id, log);


--
-- Name: tenants tenants_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenants
    ADD CONSTRAINT tenants_pkey PRIMARY KEY (tenant_id);


--
-- Name: view_activity_1 view_activity_1_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.view_activity_1
    ADD CONSTRAINT view_activity_1_pkey PRIMARY KEY (tenant_id, row_key);


--
-- Name: view_administrators_1 view_administrators_1_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.view_administrators_1
    ADD CONSTRAINT view_administrators_1_pkey PRIMARY KEY (tenant_id, row_key);


--
-- Name: view_app_ids_1 view_app_ids_1_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.view_app_ids_1
    ADD CONSTRAINT view_app_ids_1_pkey PRIMARY KEY (tenant_id, row_key);


--
-- Name: view_cases_1 view_cases_1_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.view_cases_1
    ADD CONSTRAINT view_cases_1_pkey PRIMARY KEY (tenant_id, row_key);


--
-- Name: view_consents_1 view_consents_1_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.view_consents_1
    ADD CONSTRAINT view_consents_1_pkey PRIMARY KEY (tenant_id, row_key);


--
-- Name: view_customers_1 view_customers_1_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.view_customers_1
    ADD CONSTRAINT view_customers_1_pkey PRIMARY KEY (tenant_id, row_key);


--
-- Name: view_history_1 view_history_1_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.view_history_1
    ADD CONSTRAINT view_history_1_pkey PRIMARY KEY (tenant_id, row_key);


--
-- Name: view_invitations_1 view_invitations_1_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.view_invitations_1
    ADD CONSTRAINT view_invitations_1_pkey PRIMARY KEY (tenant_id, row_key);


--
-- Name: view_keys_1 view_keys_1_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.view_keys_1
    ADD CONSTRAINT view_keys_1_pkey PRIMARY KEY (tenant_id, row_key);


--
-- Name: view_meters_1 view_meters_1_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.view_meters_1
    ADD CONSTRAINT view_meters_1_pkey PRIMARY KEY (tenant_id, row_key);


--
-- Name: view_operations_1 view_operations_1_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.view_operations_1
    ADD CONSTRAINT view_operations_1_pkey PRIMARY KEY (tenant_id, row_key);


--
-- Name: view_organizations_1 view_organizations_1_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.view_organizations_1
    ADD CONSTRAINT view_organizations_1_pkey PRIMARY KEY (tenant_id, row_key);


--
-- Name: view_partners_1 view_partners_1_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.view_partners_1
    ADD CONSTRAINT view_partners_1_pkey PRIMARY KEY (tenant_id, row_key);


--
-- Name: view_projects_1 view_projects_1_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.view_projects_1
    ADD CONSTRAINT view_projects_1_pkey PRIMARY KEY (tenant_id, row_key);


--
-- Name: view_provisioning_1 view_provisioning_1_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.view_provisioning_1
    ADD CONSTRAINT view_provisioning_1_pkey PRIMARY KEY (tenant_id, row_key);


--
-- Name: view_quotes_1 view_quotes_1_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.view_quotes_1
    ADD CONSTRAINT view_quotes_1_pkey PRIMARY KEY (tenant_id, row_key);


--
-- Name: view_screenings_1 view_screenings_1_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.view_screenings_1
    ADD CONSTRAINT view_screenings_1_pkey PRIMARY KEY (tenant_id, row_key);


--
-- Name: view_subscriptions_1 view_subscriptions_1_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.view_subscriptions_1
    ADD CONSTRAINT view_subscriptions_1_pkey PRIMARY KEY (tenant_id, row_key);


--
-- Name: view_templates_1 view_templates_1_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.view_templates_1
    ADD CONSTRAINT view_templates_1_pkey PRIMARY KEY (tenant_id, row_key);


--
-- Name: view_usage_1 view_usage_1_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.view_usage_1
    ADD CONSTRAINT view_usage_1_pkey PRIMARY KEY (tenant_id, row_key);


--
-- Name: view_users_1 view_users_1_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.view_users_1
    ADD CONSTRAINT view_users_1_pkey PRIMARY KEY (tenant_id, row_key);


--
-- Name: outbox_in_order; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outbox_in_order ON public.outbox USING btree (log, created_at, message_id);


--
-- Name: sessions_expired; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sessions_expired ON public.sessions USING btree (log, expires_at);


--
-- Name: tasks_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tasks_due ON public.tasks USING btree (log, not_before);


--
-- Name: view_activity_1_by_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX view_activity_1_by_key ON public.view_activity_1 USING btree (row_key);


--
-- Name: view_administrators_1_by_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX view_administrators_1_by_key ON public.view_administrators_1 USING btree (row_key);


--
-- Name: view_app_ids_1_by_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX view_app_ids_1_by_key ON public.view_app_ids_1 USING btree (row_key);


--
-- Name: view_cases_1_by_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX view_cases_1_by_key ON public.view_cases_1 USING btree (row_key);


--
-- Name: view_consents_1_by_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX view_consents_1_by_key ON public.view_consents_1 USING btree (row_key);


--
-- Name: view_customers_1_by_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX view_customers_1_by_key ON public.view_customers_1 USING btree (row_key);


--
-- Name: view_history_1_by_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX view_history_1_by_key ON public.view_history_1 USING btree (row_key);


--
-- Name: view_invitations_1_by_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX view_invitations_1_by_key ON public.view_invitations_1 USING btree (row_key);


--
-- Name: view_keys_1_by_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX view_keys_1_by_key ON public.view_keys_1 USING btree (row_key);


--
-- Name: view_meters_1_by_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX view_meters_1_by_key ON public.view_meters_1 USING btree (row_key);


--
-- Name: view_operations_1_by_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX view_operations_1_by_key ON public.view_operations_1 USING btree (row_key);


--
-- Name: view_organizations_1_by_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX view_organizations_1_by_key ON public.view_organizations_1 USING btree (row_key);


--
-- Name: view_partners_1_by_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX view_partners_1_by_key ON public.view_partners_1 USING btree (row_key);


--
-- Name: view_projects_1_by_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX view_projects_1_by_key ON public.view_projects_1 USING btree (row_key);


--
-- Name: view_provisioning_1_by_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX view_provisioning_1_by_key ON public.view_provisioning_1 USING btree (row_key);


--
-- Name: view_quotes_1_by_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX view_quotes_1_by_key ON public.view_quotes_1 USING btree (row_key);


--
-- Name: view_screenings_1_by_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX view_screenings_1_by_key ON public.view_screenings_1 USING btree (row_key);


--
-- Name: view_subscriptions_1_by_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX view_subscriptions_1_by_key ON public.view_subscriptions_1 USING btree (row_key);


--
-- Name: view_templates_1_by_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX view_templates_1_by_key ON public.view_templates_1 USING btree (row_key);


--
-- Name: view_usage_1_by_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX view_usage_1_by_key ON public.view_usage_1 USING btree (row_key);


--
-- Name: view_users_1_by_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX view_users_1_by_key ON public.view_users_1 USING btree (row_key);


--
-- Name: commands commands_are_immutable; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER commands_are_immutable BEFORE DELETE OR UPDATE ON public.commands FOR EACH ROW EXECUTE FUNCTION public.refuse_rewrite();


--
-- Name: commands commands_are_not_truncated; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER commands_are_not_truncated BEFORE TRUNCATE ON public.commands FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_rewrite();


--
-- Name: events events_are_immutable; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER events_are_immutable BEFORE DELETE OR UPDATE ON public.events FOR EACH ROW EXECUTE FUNCTION public.refuse_rewrite();


--
-- Name: events events_are_not_truncated; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER events_are_not_truncated BEFORE TRUNCATE ON public.events FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_rewrite();


--
-- PostgreSQL database dump complete
--


