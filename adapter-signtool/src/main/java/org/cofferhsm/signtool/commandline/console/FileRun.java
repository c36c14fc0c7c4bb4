package org.cofferhsm.signtool.commandline.console;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.cofferhsm.signtool.commandline.Option;
import org.cofferhsm.signtool.commandline.ParsedCommand;

/**
 * Does one thing to many files, several at a time, and prints what became of each in the files' order.
 *
 * @param jobs how many at a time
 * @param goOn whether a failure does not keep later files from being begun
 */
public record FileRun(Console console, int jobs, boolean goOn) {

    /** With as many jobs as {@code --jobs} says. */
    public static FileRun of(Console console, ParsedCommand command, boolean goOn) {
        return new FileRun(console, command.number(Option.JOBS, 1).orElse(1), goOn);
    }

    /** Runs; the tally knows the outcomes afterwards. Files that were never begun are not counted. */
    public void over(List<Path> files, Function<Path, FileOutcome> work, Tally tally) {
        if (files.size() == 1) {
            count(work.apply(files.get(0)), tally); // a pool of threads would take longer to make than many a signature
        } else {
            overSeveral(files, work, tally);
        }
    }

    private void overSeveral(List<Path> files, Function<Path, FileOutcome> work, Tally tally) {
        AtomicBoolean stopped = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, Math.min(jobs, files.size())));
        try {
            List<CompletableFuture<List<FileOutcome>>> all = new ArrayList<>();
            for (Path file : files) {
                all.add(CompletableFuture.supplyAsync(() -> unlessStopped(stopped, file, work), threads));
            }
            all.forEach(one -> finish(one, tally));
        } finally {
            threads.shutdownNow();
        }
    }

    private List<FileOutcome> unlessStopped(AtomicBoolean stopped, Path file, Function<Path, FileOutcome> work) {
        if (stopped.get()) {
            return List.of();
        }
        FileOutcome outcome = work.apply(file);
        if (outcome.result() == FileOutcome.Result.FAILED && !goOn) {
            stopped.set(true);
        }
        return List.of(outcome);
    }

    private void finish(CompletableFuture<List<FileOutcome>> running, Tally tally) {
        try {
            for (FileOutcome outcome : running.join()) {
                count(outcome, tally);
            }
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void count(FileOutcome outcome, Tally tally) {
        console.print(outcome.lines());
        tally.add(outcome);
    }
}
