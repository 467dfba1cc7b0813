using System.CommandLine;
using Atlas.Cli.Output;
using Atlas.Cli.Workspace;
using Atlas.Contracts;

namespace Atlas.Cli.Invocation;

/// <summary>Parses a command line, runs the command, and turns every failure into one sentence and an exit code.</summary>
internal sealed class AtlasProgram(Func<AtlasRootCommand> createRoot, Terminal terminal, CallerSettings caller)
{
    // After Ctrl+C, `atlas up` waits for the silo and the database to stop cleanly.
    private static readonly TimeSpan TimeToStop = TimeSpan.FromMinutes(2);

    public async Task<int> RunAsync(string[] arguments)
    {
        var withDetails = caller.Debug;
        try
        {
            var root = createRoot();
            var parsed = root.Parse(WithHelp(arguments));
            if (UnknownWords.In(parsed, arguments) is { Count: > 0 } unknown)
            {
                return (int)Fail(ExitCode.Usage, UsageReport.Write(parsed, unknown, terminal), arguments);
            }

            if (parsed.Errors.Count > 0)
            {
                return (int)Fail(ExitCode.Usage, UsageReport.Write(parsed, terminal), arguments);
            }

            withDetails |= parsed.GetValue(root.Debug);
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeToStop,
                Output = terminal.DataWriter,
                Error = terminal.TalkWriter,
            });
        }
        catch (Exception exception)
        {
            return (int)Report(exception, withDetails, arguments);
        }
    }

    // Other programs understand `NAME help COMMAND`, so `atlas help up` works, too.
    private static string[] WithHelp(string[] arguments) => arguments is ["help", .. var command] ? [.. command, "--help"] : arguments;

    private ExitCode Report(Exception exception, bool withDetails, string[] arguments)
    {
        var (code, sentence) = exception switch
        {
            CommandFailedException failed => (failed.Code, failed.Message),
            AtlasRefusedException => (ExitCode.Refused, exception.Message),
            AtlasUnavailableException => (ExitCode.NotRunning, exception.Message),
            OperationCanceledException => (ExitCode.Interrupted, "Stopped."),
            UnauthorizedAccessException when exception.Message.Contains("/.atlas", StringComparison.Ordinal) => (
                ExitCode.Failed, $"{exception.Message} Work in a folder you can write to, or name one with {AtlasHome.Variable}."),
            IOException or UnauthorizedAccessException => (ExitCode.Failed, exception.Message),
            _ => (ExitCode.Internal, $"atlas failed unexpectedly: {Wording.OneLine(exception.Message, 300)} "
                + "(repeat the command with --debug for details)"),
        };
        terminal.Say(sentence);
        if (withDetails)
        {
            terminal.Say(exception.ToString());
        }

        return Fail(code, sentence, arguments);
    }

    private ExitCode Fail(ExitCode code, string sentence, string[] arguments)
    {
        FailureDocument.Write(code, sentence, arguments, terminal);
        return code;
    }
}
