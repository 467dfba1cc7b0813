using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Client;
using Atlas.Contracts.Playbooks;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary>A command that asks the cluster for one change of one playbook, and says what came of it.</summary>
/// <typeparam name="TTarget">What of the playbook it is about: a version, an entry, or the playbook as it stands.</typeparam>
internal abstract class ChangeCommand<TTarget> : AtlasCommand
{
    private readonly Argument<string> _key = PlaybookArgument.Key();
    private readonly ChangeOptions _options = new();

    /// <param name="context">What the command runs in.</param>
    /// <param name="name">The command's name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="reasonRequired">Whether the caller must say why.</param>
    /// <param name="target">The argument after the key; null if there is none.</param>
    protected ChangeCommand(CommandContext context, string name, string description, bool reasonRequired, Argument? target = null)
        : base(context, name, description)
    {
        Add(_key);
        if (target is not null)
        {
            Add(target);
        }

        _options.AddTo(this, reasonRequired);
    }

    protected sealed override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var key = arguments.GetRequiredValue(_key);
        var by = _options.Attribution(arguments, Context.Caller);
        var change = new PlaybookChange(Context, key, by);
        var target = await TargetAsync(change, arguments, cancellation);
        var outcome = await change.RunAsync(client => ChangeAsync(client, key, target, by, cancellation), cancellation);
        var (done, already) = Tell(key, target, outcome);
        change.Report(outcome, _options.AsJson(arguments), done, already);
        return ExitCode.Ok;
    }

    /// <summary>Finds what the change is about, before the cluster is asked for anything.</summary>
    /// <exception cref="CommandFailedException">There is no such thing.</exception>
    protected abstract Task<TTarget> TargetAsync(PlaybookChange change, ParseResult arguments, CancellationToken cancellation);

    protected abstract Task<KeyChange> ChangeAsync(
        IAtlasClient client, string key, TTarget target, Attribution by, CancellationToken cancellation);

    /// <summary>The sentence if something changed, and the one if everything was as asked already.</summary>
    protected abstract (string Done, string Already) Tell(string key, TTarget target, KeyChange outcome);
}
