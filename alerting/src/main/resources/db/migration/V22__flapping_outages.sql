-- How often the same was down lately, where that is out of the ordinary; null where it is not.
alter table outage add column flaps int;
-- Looked up with each new outage.
create index outage_key_opened on outage (key, opened_at);
-- How often a camera failed by itself lately, looked up with each new fault: read from the index alone.
create index issue_camera_alone on issue (camera_id, opened_at) where outage_id is null;
drop index issue_camera_opened;
