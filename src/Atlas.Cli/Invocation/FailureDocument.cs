using System.Text;
using Atlas.Cli.Output;

namespace Atlas.Cli.Invocation;

/// <summary>The output of <c>--json</c> for a command that fails: still one document, so that a script need not guess.</summary>
/// <param name="Error">What went wrong.</param>
internal sealed record FailureDocument(FailureDocument.Failure Error)
{
    /// <param name="Code">The exit code.</param>
    /// <param name="Name">Its name: <c>usage</c>, <c>not_running</c>, <c>not_found</c>, …</param>
    /// <param name="Message">The sentence that went to standard error.</param>
    internal sealed record Failure(int Code, string Name, string Message);

    /// <summary>Writes the document if the command line asks for JSON and none was written.</summary>
    public static void Write(ExitCode code, string sentence, string[] arguments, Terminal terminal)
    {
        if (!terminal.HasDocument && arguments.TakeWhile(argument => argument != "--").Contains("--json"))
        {
            terminal.Json(new FailureDocument(new Failure((int)code, NameOf(code), sentence)));
        }
    }

    // NotFound becomes not_found.
    private static string NameOf(ExitCode code)
    {
        var name = new StringBuilder();
        foreach (var letter in code.ToString())
        {
            name.Append(char.IsAsciiLetterUpper(letter) && name.Length > 0 ? "_" : "").Append(char.ToLowerInvariant(letter));
        }

        return name.ToString();
    }
}
