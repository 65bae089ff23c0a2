-- Ends that are held while somebody works on the camera, found by it when it fails again.
create index notification_end on notification (camera_id) where event = 'RECOVERED' and next_at is not null;
