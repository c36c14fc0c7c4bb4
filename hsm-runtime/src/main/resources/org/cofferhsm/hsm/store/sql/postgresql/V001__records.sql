-- Everything here is read by other means than this database's word: each row is authenticated by the module.

CREATE TABLE coffer_schema (
    version INTEGER NOT NULL
);

INSERT INTO coffer_schema VALUES (0);

CREATE TABLE coffer_state (
    only_row INTEGER NOT NULL PRIMARY KEY,
    module BYTEA NOT NULL,
    change_number BIGINT NOT NULL,
    announced BIGINT NOT NULL,
    last_ids BYTEA NOT NULL,
    part_marks BYTEA NOT NULL,
    root BYTEA NOT NULL,
    mac BYTEA NOT NULL
);

CREATE TABLE coffer_records (
    kind INTEGER NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    attributes BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (kind, id)
);

CREATE TABLE coffer_index (
    part INTEGER NOT NULL PRIMARY KEY,
    entries BYTEA NOT NULL,
    mac BYTEA NOT NULL
);

CREATE TABLE coffer_announcements (
    change_number BIGINT NOT NULL PRIMARY KEY,
    root BYTEA NOT NULL,
    content BYTEA NOT NULL,
    mac BYTEA NOT NULL
);
