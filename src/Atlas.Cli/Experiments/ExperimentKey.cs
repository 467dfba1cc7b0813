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

/// <summary>The committed experiments of a key.</summary>
internal sealed class ExperimentKey(CommandContext context, string learningKey)
{
    /// <summary>Creates the argument for the number of an experiment.</summary>
    public static Argument<int?> Number() => new("NUMBER")
    {
        Description = "The number of the experiment, as `atlas experiment list KEY` shows it. Default: the one that has not ended.",
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

            result.AddError($"'{result.Tokens[0].Value}' is not the number of an experiment. Use a whole number from 1.");
            return null;
        },
    };

    /// <summary>Returns what the key's trials have found; null if the key has tried nothing.</summary>
    /// <exception cref="CommandFailedException">The key is unknown.</exception>
    public async Task<KeyFindings?> FindingsAsync(CancellationToken cancellation)
    {
        var playbook = await new DatabaseAccess(context).ReadAsync(source => source.Keys.PlaybookAsync(learningKey, context.Clock.GetUtcNow(), cancellationToken: cancellation))
            ?? throw PlaybookArgument.Unknown(learningKey);
        return playbook.Evidence;
    }

    /// <summary>Checks that what a plan compares exists, so that a mistyped name is reported before any figure.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="findings">What the key's trials have found, which includes entries of versions other than the newest.</param>
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
                    ExitCode.NotFound, $"The playbook of {learningKey} has no entry '{entry}'. List its entries with `atlas playbook show {ShellWord.Of(learningKey)}`.");
        });

    /// <summary>Returns an experiment.</summary>
    /// <param name="number">Its number; null for the one that has not ended.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="CommandFailedException">There is no such experiment.</exception>
    public async Task<ExperimentReport> DemandAsync(int? number, CancellationToken cancellation)
    {
        var all = (await FindingsAsync(cancellation))?.Experiments ?? [];
        return all.FirstOrDefault(experiment => number is null ? experiment.EndedAt is null : experiment.Number == number)
            ?? throw new CommandFailedException(ExitCode.NotFound, number is not null
                ? $"The key {learningKey} has no experiment {number}. List its experiments with `atlas experiment list`."
                : all.IsEmpty ? $"The key {learningKey} has no experiments yet. Start one with `atlas experiment start`."
                : $"The key {learningKey} has no running experiment. Name one of those that have ended, which `atlas experiment list` shows.");
    }
}
