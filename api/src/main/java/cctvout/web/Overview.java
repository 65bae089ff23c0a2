package cctvout.web;

import cctvout.engine.EngineStatus;
import cctvout.status.Verdict;

import java.util.Map;

/**
 * How the city does, as {@code GET /api/status} shows it.
 *
 * @param cameras registered
 * @param verdicts cameras by verdict, every verdict named
 * @param openIssues not over: open or in progress
 * @param openOutages not over
 * @param revision grows with every camera that is registered, changed or removed
 */
record Overview(
        long cameras,
        Map<Verdict, Long> verdicts,
        long openIssues,
        long openOutages,
        EngineStatus engine,
        long revision) {}
