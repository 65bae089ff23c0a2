/**
 * Proof against kills: from a result to the mark that its notice was sent, {@code kill -9} may fall
 * anywhere.
 *
 * <p>{@link cctvout.kill.Step} names the places. A child JVM ({@link cctvout.kill.KilledProcess})
 * runs the real engine and the real alerting on a real PostgreSQL that outlives it; only what the
 * cameras answer is scripted. {@link cctvout.kill.SteppedDatabase}, which exists in tests alone,
 * sees every statement and every commit go by. At the step that was asked for, the child says so on
 * its standard output and comes to the database no more; its parent ({@link cctvout.kill.Victim})
 * then kills it from outside and starts it again. The one step that PostgreSQL does not see,
 * between a request's arrival and its answer, is the receiver's to tell.
 *
 * <p>{@link cctvout.kill.Ledger} then reads from the rows and from what was received: one
 * transition into each fault and one out of it, one issue a fault, everything owed sent, each party
 * told once and once of the end and in this order, and an id twice only where a kill fell between
 * its sending and its mark.
 *
 * <p>{@link cctvout.kill.StepKillTest} goes through each step once in the normal suite. The long
 * version (profile {@code load}) goes through all of them in a fault and in its end for each of
 * {@code -Dkill.seeds=4} seeds, with outages, acknowledgement and manual resolution in between, and
 * with kills at any moment, and once more where floods go as digests; it prints a table. {@link
 * cctvout.kill.LateCommitKillTest} kills while PostgreSQL is at a commit that goes through after
 * the next life has begun.
 *
 * <p>A step is known by the words of a statement: where a statement is worded anew, {@code Step}
 * follows it, or the test says which step was never reached.
 */
@NullMarked
package cctvout.kill;

import org.jspecify.annotations.NullMarked;
