using System.CommandLine;
using System.CommandLine.Parsing;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Contracts.Forgetting;
using Atlas.Domain;

namespace Atlas.Cli.Forgetting;

/// <summary><c>--where NAME=VALUE</c>, any number of times: metadata that the sessions have in common.</summary>
internal sealed class WhereOption
{
    private const string Metadata = "metadata.";
    private static readonly string[] Names = ["key", "external-id", "status", "review", "before", "after", $"{Metadata}NAME"];

    private readonly Option<ForgetFilter?> _where = new("--where")
    {
        Description = $"A condition on the sessions; repeatable, and all conditions must match. NAME is {Wording.Either(Names)}; before and after are dates such as 2026-05-31.",
        HelpName = "NAME=VALUE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        CustomParser = Read,
    };

    public void AddTo(Command command) => command.Add(_where);

    public bool IsIn(CommandResult result) => result.GetResult(_where) is not null;

    public ForgetFilter? Read(ParseResult arguments) => arguments.GetValue(_where);

    private static ForgetFilter? Read(ArgumentResult result)
    {
        var filter = new ForgetFilter();
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var token in result.Tokens)
        {
            var parts = token.Value.Split('=', 2);
            if (parts.Length < 2 || parts[1].Length == 0)
            {
                result.AddError($"--where is '{token.Value}'; it must be NAME=VALUE.");
                return null;
            }

            if (With(filter, parts[0], parts[1]) is not { } next)
            {
                result.AddError(Problem(parts[0], parts[1]));
                return null;
            }

            // Sessions have one value of each, and forgetting those of the last one alone would not be what was asked for.
            if (!given.Add(parts[0]))
            {
                result.AddError($"--where {parts[0]} is given twice. A session can match only one value of it; use a command for each.");
                return null;
            }

            filter = next;
        }

        return filter;
    }

    private static ForgetFilter? With(ForgetFilter filter, string name, string value) => name switch
    {
        "key" => filter with { LearningKey = value },
        "external-id" => filter with { ExternalId = value },
        "status" => WireName.ReadOrNull<SessionStatus>(value) is { } status ? filter with { Status = status } : null,
        "review" => WireName.ReadOrNull<ReviewStatus>(value) is { } review ? filter with { ReviewStatus = review } : null,
        "before" => TypedTime.Read(value) is { } before ? filter with { Before = before } : null,
        "after" => TypedTime.Read(value) is { } after ? filter with { After = after } : null,
        _ when name.StartsWith(Metadata, StringComparison.Ordinal) && name.Length > Metadata.Length =>
            filter with { Metadata = filter.Metadata.SetItem(name[Metadata.Length..], value) },
        _ => null,
    };

    private static string Problem(string name, string value) => name switch
    {
        "status" => $"--where status is '{value}'; it must be {Wording.Either(["running", "succeeded", "failed"])}.",
        "review" => $"--where review is '{value}'; it must be {Wording.Either(["pending", "approved", "quarantined"])}.",
        "before" or "after" => $"--where {name} is '{value}'; it must be a date such as 2026-05-31, or with a time such as 2026-05-31T12:00:00Z.",
        _ => $"--where has no '{name}'; NAME must be {Wording.Either(Names)}.",
    };
}
