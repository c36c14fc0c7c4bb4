-- Everything here is read by other means than this database's word: each row is authenticated by the module.

CREATE TABLE coffer_schema (
    version INTEGER NOT NULL
);

INSERT INTO coffer_schema VALUES (0);

CREATE TABLE coffer_state (
    only_row INTEGER NOT NULL PRIMARY KEY,
    module BINARY VARYING(64) NOT NULL,
    change_number BIGINT NOT NULL,
    announced BIGINT NOT NULL,
    last_ids BINARY VARYING(1024) NOT NULL,
    part_marks BINARY VARYING(8192) NOT NULL,
    root BINARY VARYING(32) NOT NULL,
    mac BINARY VARYING(32) NOT NULL
);

CREATE TABLE coffer_records (
    kind INTEGER NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    attributes BINARY VARYING(1048576) NOT NULL,
    sealed BINARY VARYING(1048576) NOT NULL,
    PRIMARY KEY (kind, id)
);

CREATE TABLE coffer_index (
    part INTEGER NOT NULL PRIMARY KEY,
    entries BINARY VARYING(1048576) NOT NULL,
    mac BINARY VARYING(32) NOT NULL
);

CREATE TABLE coffer_announcements (
    change_number BIGINT NOT NULL PRIMARY KEY,
    root BINARY VARYING(32) NOT NULL,
    content BINARY VARYING(1048576) NOT NULL,
    mac BINARY VARYING(32) NOT NULL
);
