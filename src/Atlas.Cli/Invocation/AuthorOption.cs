using System.CommandLine;

namespace Atlas.Cli.Invocation;

/// <summary>The author to record: <c>--by</c>, or else the user at the terminal.</summary>
internal sealed class AuthorOption
{
    private readonly Option<string?> _by = CommonOptions.Text(
        "--by", "NAME", "The author to record. Default: the current user.", "the name of a person or a program");

    public void AddTo(Command command) => command.Add(_by);

    /// <summary>Returns the default author.</summary>
    public static string Usual(CallerSettings caller) => string.IsNullOrWhiteSpace(caller.User) ? "atlas up" : caller.User;

    /// <exception cref="CommandFailedException">No author is given, and the system does not know the user's name.</exception>
    public string Read(ParseResult arguments, CallerSettings caller)
    {
        var author = arguments.GetValue(_by)?.Trim() ?? caller.User;
        return string.IsNullOrWhiteSpace(author)
            ? throw new CommandFailedException(
                ExitCode.Usage, "There is no author. Name a person or a program with --by.")
            : author;
    }
}
