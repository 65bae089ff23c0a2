package cctvout.status;

/** What one check says of a camera, before it is confirmed. Always with its reason. */
public sealed interface Judgement {

    /** Code in capitals. */
    String reason();

    record Conclusive(Verdict verdict, String reason) implements Judgement {}

    /** The check says nothing of the camera: the verdict stays. */
    record Inconclusive(String reason) implements Judgement {}
}
