using System.CommandLine;
using System.Globalization;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Playbooks;
using Atlas.Cli.Playbooks.Versions;
using Atlas.Domain.Experiments;
using Atlas.Learning.Journal;
using Atlas.Learning.Playbooks;

namespace Atlas.Cli.Experiments;

/// <summary>The experiments of a key, as they are committed.</summary>
internal sealed class ExperimentKey(CommandContext context, string learningKey)
{
    /// <summary>The number of an experiment on a command line.</summary>
    public static Argument<int?> Number() => new("NUMBER")
    {
        Description = "The experiment, as `atlas experiment list KEY` shows it; left out, the one that is not over.",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result =>
        {
            if (result.Tokens.Count == 0)
            {
                return null;
            }

            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
            {
                return number;
            }

            result.AddError($"'{result.Tokens[0].Value}' is no experiment; they are numbered 1, 2, 3 and so on.");
            return null;
        },
    };

    /// <summary>What the key's trials have found; null for a key that has tried nothing.</summary>
    /// <exception cref="CommandFailedException">Nothing is known of the key.</exception>
    public async Task<KeyFindings?> FindingsAsync(CancellationToken cancellation)
    {
        var playbook = await new DatabaseAccess(context).ReadAsync(source => source.Keys.PlaybookAsync(learningKey, context.Clock.GetUtcNow(), cancellation))
            ?? throw PlaybookArgument.Unknown(learningKey);
        return playbook.Evidence;
    }

    /// <summary>Looks whether there is what a plan compares, so that a mistyped name is told before any figure.</summary>
    /// <param name="plan">What is to be held against what.</param>
    /// <param name="findings">What the key's trials have found: entries of versions that are not the newest, among others.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="CommandFailedException">There is no such version or entry.</exception>
    public Task DemandAsync(ExperimentPlan plan, KeyFindings? findings, CancellationToken cancellation) =>
        new DatabaseAccess(context).ReadAsync(async source =>
        {
            var versions = new VersionReader(source);
            foreach (var version in (int?[])[plan.FirstVersion, plan.NewVersion])
            {
                if (version is not null)
                {
                    await versions.ReadAsync(learningKey, version, cancellation);
                }
            }

            if (plan.Entry is not { } entry)
            {
                return true;
            }

            var newest = (await versions.StandingAsync(learningKey, cancellation)).Newest.Playbook;
            return newest.Entries.Any(known => EntryIds.Of(known) == entry) || findings?.Entries.Any(known => known.Id == entry) is true
                ? true
                : throw new CommandFailedException(
                    ExitCode.NotFound, $"The playbook of {learningKey} has no entry '{entry}'; `atlas playbook show {ShellWord.Of(learningKey)}` lists those there are.");
        });

    /// <summary>One experiment.</summary>
    /// <param name="number">Its number; null for the one that is not over.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="CommandFailedException">There is none.</exception>
    public async Task<ExperimentReport> DemandAsync(int? number, CancellationToken cancellation)
    {
        var all = (await FindingsAsync(cancellation))?.Experiments ?? [];
        return all.FirstOrDefault(experiment => number is null ? experiment.EndedAt is null : experiment.Number == number)
            ?? throw new CommandFailedException(ExitCode.NotFound, number is not null
                ? $"The key {learningKey} has no experiment {number}; `atlas experiment list` shows those there are."
                : all.IsEmpty ? $"No experiment was ever started with the key {learningKey}; `atlas experiment start` starts one."
                : $"No experiment of the key {learningKey} runs; `atlas experiment list` shows those that are over, and any of them can be named.");
    }
}
