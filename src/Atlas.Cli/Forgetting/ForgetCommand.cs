using System.Collections.Immutable;
using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Sessions;
using Atlas.Contracts.Forgetting;
using Atlas.Contracts.Playbooks;

namespace Atlas.Cli.Forgetting;

/// <summary><c>atlas forget</c></summary>
internal sealed class ForgetCommand : AtlasCommand
{
    private readonly Option<long[]> _sessions = new("--session")
    {
        Description = "The numbers of the sessions to forget.", HelpName = "ID", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = true, CustomParser = SessionArgument.ReadNumbers,
    };

    private readonly Option<string?> _subject = CommonOptions.Text(
        "--subject", "TEXT", "A text, such as an e-mail address. Everything that contains it is forgotten: sessions, and other stored text.", "a text of at least three characters");

    private readonly WhereOption _where = new();

    private readonly Option<bool> _yes = new("--yes")
    {
        Description = "Forget for good. Without this option, the command only shows what would be forgotten.",
    };

    private readonly Option<string?> _reason = CommonOptions.Text("--reason", "TEXT", "The reason. It is stored in the journal and the receipt, so do not name the person concerned.", "why this is done");
    private readonly AuthorOption _by = new();
    private readonly Option<bool> _json = CommonOptions.Json();

    public ForgetCommand(CommandContext context)
        : base(context, "forget", "Forget sessions, and what was learned only from them. This cannot be undone.")
    {
        Add(_sessions);
        Add(_subject);
        _where.AddTo(this);
        Add(_yes);
        Add(_reason);
        _by.AddTo(this);
        Add(_json);
        Validators.Add(result =>
        {
            if (result.GetResult(_sessions) is null && result.GetResult(_subject) is null && !_where.IsIn(result))
            {
                result.AddError("Say what to forget: --session ID, --subject TEXT or --where NAME=VALUE.");
            }
        });
        Examples =
        [
            "atlas forget --session 17 18",
            "atlas forget --subject ada@example.com --reason \"request 2026-114\" --yes",
            "atlas forget --where key=support/refunds --where before=2026-01-31",
        ];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var request = new ForgetRequest
        {
            Sessions = [.. arguments.GetValue(_sessions) ?? []],
            Subject = arguments.GetValue(_subject)?.Trim(),
            Where = _where.Read(arguments),
            DryRun = !arguments.GetValue(_yes),
        };
        var by = new Attribution(_by.Read(arguments, Context.Caller), arguments.GetValue(_reason)?.Trim());
        await using var client = await new ClusterAccess(Context).ConnectAsync(cancellation);
        var outcome = await ForgettingInParts.RunAsync(client, request, by, cancellation);
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(outcome);
        }
        else
        {
            Show(outcome);
        }

        return ExitCode.Ok;
    }

    private void Show(ForgetOutcome outcome)
    {
        var sessions = outcome.Keys.Sum(key => key.Sessions.Length);
        Context.Terminal.Data(outcome.Keys.IsEmpty
            ? "There is nothing to forget."
            : $"{Wording.Count(sessions, "session")} of {Wording.Count(outcome.Keys.Length, "learning key")} {(outcome.DryRun ? "would be" : sessions == 1 ? "was" : "were")} forgotten:");
        foreach (var key in outcome.Keys)
        {
            Context.Terminal.Data($"  {key.LearningKey ?? "(without a key)"}: {Numbers(key.Sessions)}");
            Line("withdrawn", key.Withdrawn);
            Line("with less support", key.LostSupport);
            if (key.Events > 0)
            {
                Context.Terminal.Data($"    shortened: {Wording.Count(key.Events, "event")} of the journal, {Wording.Count(key.Versions, "version")} of the playbook");
            }
        }

        if (outcome.More)
        {
            Context.Terminal.Say("There are more sessions than are shown. With --yes, the command forgets all of them.");
        }

        if (outcome is { DryRun: true, Keys.IsEmpty: false })
        {
            Context.Terminal.Say("Nothing was changed. Repeat the command with --yes to forget them. This cannot be undone.");
        }
    }

    private void Line(string what, ImmutableArray<string> entries)
    {
        if (!entries.IsDefaultOrEmpty)
        {
            Context.Terminal.Data($"    {what}: {string.Join(", ", entries)}");
        }
    }

    private static string Numbers(ImmutableArray<long> sessions) => sessions.Length switch
    {
        0 => "no session, only text",
        <= 10 => string.Join(", ", sessions),
        _ => $"{string.Join(", ", sessions.Take(10))} and {sessions.Length - 10} more",
    };
}
