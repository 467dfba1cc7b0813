using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Client;
using Atlas.Contracts.Playbooks;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary>A command that asks the cluster for one change of a playbook, and reports the result.</summary>
/// <typeparam name="TTarget">The target of the change: a version, an entry, or the whole playbook.</typeparam>
internal abstract class ChangeCommand<TTarget> : AtlasCommand
{
    private readonly Argument<string> _key = PlaybookArgument.Key();
    private readonly ChangeOptions _options = new();
    private readonly bool _changesPrompts;

    /// <param name="context">The context of the command.</param>
    /// <param name="name">The command's name.</param>
    /// <param name="description">The description.</param>
    /// <param name="reasonRequired">Whether the caller must give a reason.</param>
    /// <param name="target">The argument after the key; null if there is none.</param>
    /// <param name="changesPrompts">Whether it can change prompts immediately.</param>
    protected ChangeCommand(CommandContext context, string name, string description, bool reasonRequired, Argument? target = null, bool changesPrompts = false)
        : base(context, name, description)
    {
        _changesPrompts = changesPrompts;
        Add(_key);
        if (target is not null)
        {
            Add(target);
        }

        _options.AddTo(this, reasonRequired, changesPrompts);
    }

    protected sealed override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var key = arguments.GetRequiredValue(_key);
        var by = _options.Attribution(arguments, Context.Caller);
        var change = new PlaybookChange(Context, key, by);
        var target = await TargetAsync(change, arguments, cancellation);
        if (_changesPrompts && await change.TellCostAsync(_options.IsDryRun(arguments), _options.AsJson(arguments), cancellation))
        {
            return ExitCode.Ok;
        }

        var outcome = await change.RunAsync(client => ChangeAsync(client, key, target, by, cancellation), cancellation);
        var (done, already) = Tell(key, target, outcome);
        change.Report(outcome, _options.AsJson(arguments), done, already);
        return ExitCode.Ok;
    }

    /// <summary>Finds the target of the change before the cluster is asked for anything.</summary>
    /// <exception cref="CommandFailedException">There is no such target.</exception>
    protected abstract Task<TTarget> TargetAsync(PlaybookChange change, ParseResult arguments, CancellationToken cancellation);

    protected abstract Task<KeyChange> ChangeAsync(
        IAtlasClient client, string key, TTarget target, Attribution by, CancellationToken cancellation);

    /// <summary>Returns the message for a change, and the one for when everything was already as requested.</summary>
    protected abstract (string Done, string Already) Tell(string key, TTarget target, KeyChange outcome);
}
