using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Queries.Sessions;

namespace Atlas.Cli.Sessions;

/// <summary><c>atlas session show ID</c></summary>
internal sealed class SessionShowCommand : AtlasCommand
{
    private readonly Argument<long> _id = new("ID")
    {
        Description = "The number of the session, as `atlas session list` shows it.",
        CustomParser = result => SessionArgument.ReadNumbers(result)[0],
    };

    private readonly Option<bool> _prompt = new("--prompt")
    {
        Description = "Show the playbook exactly as it was in the session's prompts. With --json, also show which entries it got and which were withheld.",
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    public SessionShowCommand(CommandContext context)
        : base(context, "show", "Show everything recorded about a session.")
    {
        Add(_id);
        Add(_prompt);
        Add(_json);
        Examples = ["atlas session show 17", "atlas session show 17 --prompt", "atlas session show 17 --json"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var id = arguments.GetRequiredValue(_id);
        var session = await new DatabaseAccess(Context).ReadAsync(
            source => source.Sessions.FindAsync(id, cancellationToken: cancellation))
            ?? throw new CommandFailedException(ExitCode.NotFound, SessionArgument.Unknown(id));
        if (arguments.GetValue(_prompt))
        {
            var prompt = await new DatabaseAccess(Context).ReadAsync(source => SessionPrompt.ReadAsync(source.Playbooks, session, cancellation))
                ?? throw new CommandFailedException(
                    ExitCode.NotFound,
                    $"Session {id} got version {session.Summary.PlaybookVersion} of the playbook of {session.Summary.LearningKey}, which is missing from the table playbook_versions. Restore its row from a backup or from the journal.");
            if (arguments.GetValue(_json))
            {
                Context.Terminal.Json(prompt);
            }
            else
            {
                SessionPromptSheet.Write(prompt, Context.Terminal);
            }
        }
        else if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(SessionDocument.Of(session));
        }
        else
        {
            SessionSheet.Write(session, Context.Terminal);
        }

        return ExitCode.Ok;
    }
}
