using System.CommandLine;
using Atlas.Cli.Output;
using Atlas.Contracts;

namespace Atlas.Cli.Invocation;

/// <summary>Parses a command line, runs the command, and turns whatever goes wrong into one sentence and an exit code.</summary>
internal sealed class AtlasProgram(Func<AtlasRootCommand> createRoot, Terminal terminal, CallerSettings caller)
{
    // Ctrl+C during `atlas up` waits for the silo and the database to stop in good order.
    private static readonly TimeSpan _timeToStop = TimeSpan.FromMinutes(2);

    public async Task<int> RunAsync(string[] arguments)
    {
        var withDetails = caller.Debug;
        try
        {
            var root = createRoot();
            var parsed = root.Parse(arguments);
            if (StrayOptions.In(parsed, arguments) is { Count: > 0 } stray)
            {
                return (int)Fail(ExitCode.Usage, UsageReport.Write(parsed, stray, terminal), arguments);
            }

            if (parsed.Errors.Count > 0)
            {
                return (int)Fail(ExitCode.Usage, UsageReport.Write(parsed, terminal), arguments);
            }

            withDetails |= parsed.GetValue(root.Debug);
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = _timeToStop,
                Output = terminal.DataWriter,
                Error = terminal.TalkWriter,
            });
        }
        catch (Exception exception)
        {
            return (int)Report(exception, withDetails, arguments);
        }
    }

    private ExitCode Report(Exception exception, bool withDetails, string[] arguments)
    {
        var (code, sentence) = exception switch
        {
            CommandFailedException failed => (failed.Code, failed.Message),
            AtlasRefusedException => (ExitCode.Refused, exception.Message),
            AtlasUnavailableException => (ExitCode.NotRunning, exception.Message),
            OperationCanceledException => (ExitCode.Interrupted, "Stopped."),
            IOException or UnauthorizedAccessException => (ExitCode.Failed, exception.Message),
            _ => (ExitCode.Internal, $"atlas failed unexpectedly: {Wording.OneLine(exception.Message, 300)} "
                + "(repeat it with --debug for the details)"),
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
