package cctvout.operations;

import com.google.gson.Gson;
import com.google.gson.JsonElement;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/** One Kubernetes object as it is written. */
record Manifest(Map<String, Object> content) {

    private static final Gson GSON = new Gson();
    private static final String MODEL = "io.kubernetes.client.openapi.models.";

    String kind() {
        return (String) Yaml.at(content, "kind");
    }

    String name() {
        return (String) Yaml.at(content, "metadata", "name");
    }

    Object at(Object... path) {
        return Yaml.at(content, path);
    }

    /**
     * Holds it against Kubernetes' own model: unknown fields, fields that must be there, types.
     *
     * @throws IllegalArgumentException that names the field
     */
    void check() {
        JsonElement json = GSON.toJsonTree(content);
        try {
            Class<?> type = Class.forName(MODEL + typeName());
            type.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
            type.getMethod("fromJson", String.class).invoke(null, json.toString());
        } catch (ClassNotFoundException unknown) {
            throw new IllegalArgumentException("no such kind: " + typeName(), unknown);
        } catch (InvocationTargetException wrong) {
            throw new IllegalArgumentException(
                    kind() + " " + name() + ": " + wrong.getCause(), wrong.getCause());
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException(changed);
        }
    }

    /** {@code autoscaling/v2} and a kind make {@code V2HorizontalPodAutoscaler}. */
    private String typeName() {
        String group = (String) Yaml.at(content, "apiVersion");
        String version = group.substring(group.indexOf('/') + 1);
        return Character.toUpperCase(version.charAt(0)) + version.substring(1) + kind();
    }
}
