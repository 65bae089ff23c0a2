package broken.naming;

public class CameraImpl {}
