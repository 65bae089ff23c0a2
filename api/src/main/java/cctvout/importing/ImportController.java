package cctvout.importing;

import cctvout.camera.CameraRegistry;
import cctvout.problem.ProblemException;
import cctvout.record.Violation;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Cameras in and out as tables. */
@RestController
@ConditionalOnRole(Role.API)
@RequestMapping("/api/cameras")
class ImportController {

    private static final String XLSX =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);
    private static final int ROWS_A_PIECE = 200;
    static final Set<String> PARAMETERS = Set.of("dryRun", "charset", "map");
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final CameraImport cameraImport;
    private final CameraRegistry registry;

    ImportController(CameraImport cameraImport, CameraRegistry registry) {
        this.cameraImport = cameraImport;
        this.registry = registry;
    }

    /**
     * The charset of the Content-Type is not looked at: clients put UTF-8 there of their own
     * accord.
     */
    @PostMapping(
            path = "/import",
            consumes = {
                "text/csv",
                "application/csv",
                "text/plain",
                "application/vnd.ms-excel",
                XLSX,
                "application/octet-stream"
            })
    Mono<ImportReport> body(
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestParam(defaultValue = "auto") String charset,
            ServerHttpRequest request,
            @RequestBody(required = false) Flux<DataBuffer> body) {
        return take(body, charset, request, dryRun);
    }

    @PostMapping(path = "/import", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Mono<ImportReport> form(
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestParam(defaultValue = "auto") String charset,
            ServerHttpRequest request,
            @RequestBody Flux<PartEvent> parts) {
        Flux<DataBuffer> file =
                parts.handle(new TablePart()).switchIfEmpty(Flux.error(TablePart::missing));
        return take(file, charset, request, dryRun);
    }

    @GetMapping(path = "/export", produces = "text/csv")
    ResponseEntity<Flux<String>> export() {
        Flux<String> rows =
                registry.all()
                        .map(CameraCsv::row)
                        .buffer(ROWS_A_PIECE)
                        .map(piece -> String.join("", piece));
        var file = ContentDisposition.attachment().filename("cameras.csv").build();
        return ResponseEntity.ok()
                .contentType(CSV)
                .header(HttpHeaders.CONTENT_DISPOSITION, file.toString())
                .body(Flux.concat(Flux.just(CameraCsv.HEADER), rows));
    }

    private Mono<ImportReport> take(
            Flux<DataBuffer> body, String charset, ServerHttpRequest request, boolean dryRun) {
        refuseUnknown(request.getQueryParams().keySet());
        refusePacked(request.getHeaders().getOrEmpty(HttpHeaders.CONTENT_ENCODING));
        // not as a parameter: a header may hold the comma that would divide it
        List<String> map = request.getQueryParams().getOrDefault("map", List.of());
        return Mono.defer(
                        () ->
                                cameraImport.run(
                                        body.map(ImportController::bytes),
                                        charset(charset),
                                        map(map),
                                        dryRun))
                .onErrorMap(TableException.class, ImportController::noTable)
                .onErrorMap(ImportLimitException.class, ImportController::limit);
    }

    /** A slip in {@code dryRun} would write what was meant to be looked at. */
    private static void refuseUnknown(Collection<String> names) {
        List<Violation> unknown =
                names.stream()
                        .filter(name -> !PARAMETERS.contains(name))
                        .map(name -> new Violation(name, null, "there is no such parameter"))
                        .toList();
        if (!unknown.isEmpty()) {
            throw ProblemException.refused(unknown);
        }
    }

    private static void refusePacked(List<String> encodings) {
        for (String encoding : encodings) {
            if (!encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity")) {
                throw ProblemException.packed(encoding);
            }
        }
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static @Nullable Charset charset(String name) {
        try {
            return CharsetNames.parse(name);
        } catch (IllegalArgumentException unknown) {
            throw parameter("charset", name, unknown);
        }
    }

    private static ColumnMap map(List<String> given) {
        try {
            return ColumnMap.of(given);
        } catch (TableException wrong) {
            throw parameter("map", null, wrong);
        }
    }

    private static ProblemException parameter(
            String name, @Nullable String value, RuntimeException why) {
        String said = String.valueOf(why.getMessage());
        String reason = said.startsWith(name + ": ") ? said.substring(name.length() + 2) : said;
        return ProblemException.refused(new Violation(name, value, reason));
    }

    /** Names the headers that mean nothing: the caller may say what they do. */
    private static ProblemException noTable(TableException why) {
        return why.unknown().isEmpty()
                ? bad(why)
                : ProblemException.refused(
                        String.valueOf(why.getMessage()),
                        why.unknown().stream()
                                .map(header -> new Violation("header", header, "is not known"))
                                .toList());
    }

    private static ProblemException bad(RuntimeException why) {
        String reason = String.valueOf(why.getMessage());
        return why instanceof SpreadsheetException
                ? unsupported(reason)
                : new ProblemException(HttpStatus.BAD_REQUEST, reason);
    }

    private static ProblemException limit(ImportLimitException why) {
        String reason = String.valueOf(why.getMessage());
        return switch (why) {
            case ImportLimitException.TooLarge _ ->
                    new ProblemException(HttpStatus.CONTENT_TOO_LARGE, reason);
            case ImportLimitException.TooMany _ -> ProblemException.tooMany(reason, RETRY_AFTER);
        };
    }

    private static ProblemException unsupported(String reason) {
        return new ProblemException(HttpStatus.UNSUPPORTED_MEDIA_TYPE, reason);
    }
}
