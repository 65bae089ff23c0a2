-- Code and figures of what the sentence beside them says, as JSON: told in the reader's language.
-- None in what an earlier version wrote.
alter table alarm add column causes text;
alter table engine_report add column cause text;
