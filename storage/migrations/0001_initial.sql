-- Moments are ISO-8601 text in UTC, days ISO dates, decimals and JSON text, yes/no 0 or 1.
-- Tables whose rows are facts (replies, figures, texts, plans, approvals, events ...) are only ever added to.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- People ---------------------------------------------------------------------------------------------------------

CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    full_name TEXT NOT NULL,
    title TEXT NOT NULL,
    address_form TEXT NOT NULL,
    first_period TEXT NOT NULL,
    created_at TEXT NOT NULL
);

CREATE TABLE posts (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id),
    role TEXT NOT NULL CHECK (role IN ('respondent', 'deputy', 'secretary', 'leader')),
    department TEXT NOT NULL,
    pending INTEGER NOT NULL DEFAULT 0,
    since TEXT NOT NULL,
    until TEXT
);
CREATE INDEX posts_person ON posts (person_id) WHERE until IS NULL;
CREATE INDEX posts_department ON posts (department) WHERE until IS NULL;
CREATE UNIQUE INDEX posts_once ON posts (person_id, role, department) WHERE until IS NULL;

CREATE TABLE addresses (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id),
    channel TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    preferred INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL CHECK (state IN ('active', 'suspect', 'ended')),
    since TEXT NOT NULL,
    changed_at TEXT NOT NULL
);
CREATE UNIQUE INDEX addresses_live ON addresses (channel, chat_id) WHERE state <> 'ended';
CREATE INDEX addresses_person ON addresses (person_id) WHERE state <> 'ended';

-- One row for each post a person holds (or one without a post), with the address to use: an active one before a suspect
-- one, the preferred one before others.
CREATE VIEW people_in_posts AS
SELECT p.id, p.name, p.full_name, p.title, p.address_form, p.first_period, o.id AS post_id, o.role, o.department,
    a.channel, a.chat_id
FROM people AS p
LEFT JOIN posts AS o ON o.person_id = p.id AND o.until IS NULL AND o.pending = 0
LEFT JOIN addresses AS a ON a.id = (
    SELECT b.id FROM addresses AS b WHERE b.person_id = p.id AND b.state <> 'ended'
    ORDER BY CASE b.state WHEN 'active' THEN 0 ELSE 1 END, b.preferred DESC, b.id LIMIT 1
);

CREATE TABLE groups (
    id INTEGER PRIMARY KEY,
    purpose TEXT NOT NULL,
    channel TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    title TEXT NOT NULL,
    bound_by INTEGER REFERENCES people (id),
    bound_at TEXT NOT NULL,
    ended_at TEXT
);
CREATE UNIQUE INDEX groups_live ON groups (channel, chat_id) WHERE ended_at IS NULL;

CREATE TABLE codes (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    role TEXT,
    department TEXT,
    group_purpose TEXT,
    person_id INTEGER REFERENCES people (id),
    issued_by INTEGER REFERENCES people (id),
    issued_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT,
    used_channel TEXT,
    used_chat TEXT,
    revoked_at TEXT
);

CREATE TABLE code_tries (
    channel TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX code_tries_chat ON code_tries (channel, chat_id, at);

CREATE TABLE strangers (
    channel TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    day TEXT NOT NULL,
    PRIMARY KEY (channel, chat_id, day)
);

-- In and out -----------------------------------------------------------------------------------------------------

CREATE TABLE inbox (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    ext_id TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    raw TEXT NOT NULL,
    received_at TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'handled', 'failed')),
    error TEXT NOT NULL DEFAULT '',
    UNIQUE (channel, ext_id)
);
CREATE INDEX inbox_open ON inbox (channel, chat_id, id) WHERE state = 'open';
CREATE INDEX inbox_failed ON inbox (id) WHERE state = 'failed';

CREATE TABLE blobs (
    hash TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    content BLOB NOT NULL
);

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    dedup TEXT NOT NULL UNIQUE,
    channel TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    is_group INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    priority INTEGER NOT NULL,
    payload TEXT NOT NULL,
    attachment_hash TEXT REFERENCES blobs (hash),
    person_id INTEGER REFERENCES people (id),
    edit_of TEXT,
    stage TEXT CHECK (stage IN ('placeholder', 'document')),
    not_before TEXT NOT NULL,
    not_after TEXT,
    created_at TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'queued'
        CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'unclear', 'dropped')),
    holds_chat INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    claimed_at TEXT,
    settled_at TEXT,
    message_id TEXT,
    error TEXT NOT NULL DEFAULT ''
);
CREATE INDEX outbox_queued ON outbox (channel, priority, id, not_before) WHERE state = 'queued';
CREATE INDEX outbox_chat ON outbox (channel, chat_id, id) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_expiring ON outbox (not_after) WHERE state = 'queued' AND not_after IS NOT NULL;
CREATE INDEX outbox_unclear ON outbox (id) WHERE state IN ('sending', 'unclear');

CREATE TABLE actions (
    key TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    period TEXT NOT NULL,
    claimed_at TEXT NOT NULL,
    outcome TEXT NOT NULL DEFAULT ''
);
CREATE INDEX actions_period ON actions (period);

-- What was said --------------------------------------------------------------------------------------------------

CREATE TABLE replies (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    person_id INTEGER REFERENCES people (id),
    department TEXT,
    period TEXT,
    at TEXT NOT NULL,
    inbox_id INTEGER REFERENCES inbox (id),
    UNIQUE (channel, chat_id, message_id, version)
);
CREATE INDEX replies_department ON replies (period, department, id);

CREATE TABLE figures (
    id INTEGER PRIMARY KEY,
    indicator TEXT NOT NULL,
    period TEXT NOT NULL,
    value TEXT,
    state TEXT NOT NULL,
    origin TEXT NOT NULL,
    qualifier TEXT,
    provisional INTEGER NOT NULL,
    reply_id INTEGER REFERENCES replies (id),
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    person_id INTEGER REFERENCES people (id),
    at TEXT NOT NULL,
    reason TEXT NOT NULL,
    amends INTEGER REFERENCES figures (id),
    CHECK ((state = 'value') = (value IS NOT NULL))
);
CREATE INDEX figures_current ON figures (period, indicator, id);
CREATE INDEX figures_history ON figures (indicator, period, id);
CREATE INDEX figures_reply ON figures (reply_id);

CREATE TABLE texts (
    id INTEGER PRIMARY KEY,
    section TEXT NOT NULL,
    part TEXT NOT NULL,
    period TEXT NOT NULL,
    text TEXT NOT NULL,
    slots TEXT NOT NULL,
    reply_id INTEGER REFERENCES replies (id),
    person_id INTEGER REFERENCES people (id),
    at TEXT NOT NULL,
    unchanged INTEGER NOT NULL
);
CREATE INDEX texts_current ON texts (period, section, part, id);

CREATE TABLE declarations (
    id INTEGER PRIMARY KEY,
    department TEXT NOT NULL,
    period TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('declared', 'returned')),
    partial INTEGER NOT NULL,
    person_id INTEGER NOT NULL REFERENCES people (id),
    at TEXT NOT NULL,
    comment TEXT NOT NULL
);
CREATE INDEX declarations_current ON declarations (period, department, id);

CREATE TABLE plans (
    id INTEGER PRIMARY KEY,
    indicator TEXT NOT NULL,
    value TEXT NOT NULL,
    since TEXT NOT NULL,
    basis TEXT NOT NULL,
    person_id INTEGER REFERENCES people (id),
    at TEXT NOT NULL
);
CREATE INDEX plans_in_force ON plans (indicator, since, id);

-- Questions and buttons ------------------------------------------------------------------------------------------

CREATE TABLE questions (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    person_id INTEGER REFERENCES people (id),
    department TEXT NOT NULL,
    period TEXT NOT NULL,
    mode TEXT NOT NULL,
    code TEXT NOT NULL,
    indicators TEXT NOT NULL,
    candidates TEXT NOT NULL,
    quote TEXT NOT NULL,
    data TEXT NOT NULL,
    reply_id INTEGER REFERENCES replies (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'waiting', 'office', 'answered', 'closed')),
    asked_at TEXT NOT NULL,
    opened_at TEXT,
    closed_at TEXT,
    answer TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX questions_open ON questions (channel, chat_id) WHERE state = 'open';
CREATE INDEX questions_waiting ON questions (channel, chat_id, id) WHERE state = 'waiting';
CREATE INDEX questions_unsettled ON questions (period) WHERE state IN ('open', 'waiting', 'office');

CREATE TABLE walks (
    channel TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES people (id),
    department TEXT NOT NULL,
    period TEXT NOT NULL,
    steps TEXT NOT NULL,
    position INTEGER NOT NULL,
    last_at TEXT NOT NULL,
    PRIMARY KEY (channel, chat_id)
);

CREATE TABLE buttons (
    id INTEGER PRIMARY KEY,
    token TEXT NOT NULL UNIQUE,
    channel TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    person_id INTEGER REFERENCES people (id),
    period TEXT NOT NULL,
    question_id INTEGER REFERENCES questions (id),
    outbox_id INTEGER REFERENCES outbox (id),
    purpose TEXT NOT NULL,
    key TEXT NOT NULL,
    payload TEXT NOT NULL,
    expires_at TEXT,
    closed_at TEXT
);
CREATE INDEX buttons_live ON buttons (channel, chat_id) WHERE closed_at IS NULL;

-- Requests and the calendar --------------------------------------------------------------------------------------

CREATE TABLE extensions (
    id INTEGER PRIMARY KEY,
    department TEXT NOT NULL,
    period TEXT NOT NULL,
    until TEXT NOT NULL,
    reason TEXT NOT NULL,
    person_id INTEGER REFERENCES people (id),
    asked_at TEXT NOT NULL,
    granted INTEGER,
    decided_by INTEGER REFERENCES people (id),
    decided_at TEXT
);
CREATE INDEX extensions_period ON extensions (period, id);

CREATE TABLE waivers (
    id INTEGER PRIMARY KEY,
    department TEXT NOT NULL,
    period TEXT NOT NULL,
    reason TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES people (id),
    at TEXT NOT NULL,
    UNIQUE (period, department)
);

CREATE TABLE promises (
    id INTEGER PRIMARY KEY,
    department TEXT NOT NULL,
    period TEXT NOT NULL,
    until TEXT NOT NULL,
    sections TEXT NOT NULL,
    person_id INTEGER REFERENCES people (id),
    at TEXT NOT NULL
);
CREATE INDEX promises_period ON promises (period, id);

CREATE TABLE leaves (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id),
    since TEXT NOT NULL,
    until TEXT NOT NULL,
    substitute_id INTEGER REFERENCES people (id),
    state TEXT NOT NULL CHECK (state IN ('asked', 'confirmed', 'ended')),
    asked_at TEXT NOT NULL,
    decided_at TEXT
);

CREATE TABLE holidays (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('off', 'work', 'usual')),
    name TEXT NOT NULL,
    person_id INTEGER REFERENCES people (id),
    at TEXT NOT NULL
);
CREATE INDEX holidays_day ON holidays (day, id);

CREATE TABLE deadline_moves (
    id INTEGER PRIMARY KEY,
    period TEXT NOT NULL,
    opens TEXT,
    deadline TEXT NOT NULL,
    post TEXT,
    reason TEXT NOT NULL,
    person_id INTEGER REFERENCES people (id),
    at TEXT NOT NULL
);
CREATE INDEX deadline_moves_period ON deadline_moves (period, id);

-- Reports --------------------------------------------------------------------------------------------------------

CREATE TABLE issues (
    id INTEGER PRIMARY KEY,
    period TEXT NOT NULL,
    version INTEGER NOT NULL,
    digest TEXT NOT NULL,
    model TEXT NOT NULL,
    docx_hash TEXT REFERENCES blobs (hash),
    pdf_hash TEXT REFERENCES blobs (hash),
    made_at TEXT NOT NULL,
    made_by INTEGER REFERENCES people (id),
    UNIQUE (period, version)
);

CREATE TABLE issue_states (
    id INTEGER PRIMARY KEY,
    issue_id INTEGER NOT NULL REFERENCES issues (id),
    state TEXT NOT NULL,
    person_id INTEGER REFERENCES people (id),
    at TEXT NOT NULL,
    comment TEXT NOT NULL
);
CREATE INDEX issue_states_issue ON issue_states (issue_id, id);

-- Issues with their newest state, and when they were approved and posted.
CREATE VIEW issues_now AS
SELECT i.*, s.state, s.comment, a.person_id AS approved_by, a.at AS approved_at, p.at AS posted_at
FROM issues AS i
JOIN issue_states AS s ON s.id = (SELECT max(id) FROM issue_states WHERE issue_id = i.id)
LEFT JOIN issue_states AS a ON a.id = (
    SELECT max(id) FROM issue_states WHERE issue_id = i.id AND state = 'approved'
)
LEFT JOIN issue_states AS p ON p.id = (
    SELECT max(id) FROM issue_states WHERE issue_id = i.id AND state = 'posted'
);

CREATE TABLE kept_checks (
    id INTEGER PRIMARY KEY,
    period TEXT NOT NULL,
    check_id TEXT NOT NULL,
    operands TEXT NOT NULL,
    reason TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES people (id),
    at TEXT NOT NULL
);
CREATE INDEX kept_checks_period ON kept_checks (period, id);

CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    person_id INTEGER REFERENCES people (id),
    what TEXT NOT NULL,
    subject TEXT NOT NULL,
    period TEXT,
    old TEXT NOT NULL,
    new TEXT NOT NULL,
    why TEXT NOT NULL,
    reply_id INTEGER REFERENCES replies (id)
);
CREATE INDEX events_subject ON events (subject, id);
CREATE INDEX events_period ON events (period, id);
