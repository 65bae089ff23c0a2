-- How often a camera failed lately, looked up with each new fault.
create index issue_camera_opened on issue (camera_id, opened_at);
