using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.OrderDesk;
using Atlas.OrderDesk.Serving;

namespace Atlas.Cli.Quickstart;

/// <summary><c>atlas order-desk</c></summary>
internal sealed class OrderDeskCommand : AtlasCommand
{
    private const int MostPort = 65535;
    private const int UsualPort = 5085;

    private readonly Option<int?> _port = CommonOptions.Number("--port", "Port on the loopback address; 0 for a free one.", 0, MostPort, UsualPort);

    private readonly Option<int?> _lesson = CommonOptions.Number(
        "--sessions-per-lesson", "Sessions that the scripted synthesizer wants to see before it teaches the next thing.", 1, 100, 1);

    private readonly Option<bool> _stdio = new("--stdio") { Description = "Serve the tools alone, on standard input and output, for whoever starts this." };

    private readonly Option<string?> _write = CommonOptions.Text(
        "--write-config", "FILE", "Write a configuration of an agent at this desk.", "the name of a file");

    public OrderDeskCommand(CommandContext context)
        : base(context, "order-desk", "Serve the practice desk: five tools by MCP, and scripted models behind OpenAI's protocol.")
    {
        Add(_port);
        Add(_lesson);
        Add(_stdio);
        Add(_write);
        Examples = ["atlas order-desk --write-config desk.yaml", "atlas order-desk --port 5090", "atlas order-desk --stdio"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        if (arguments.GetValue(_stdio))
        {
            await DeskStdio.RunAsync(cancellation);
            return ExitCode.Ok;
        }

        await using var desk = await StartAsync(arguments, cancellation);
        if (arguments.GetValue(_write) is { } file)
        {
            await File.WriteAllTextAsync(file, new DeskConfiguration { Desk = desk.Address }.ToYaml(), cancellation);
        }

        Context.Terminal.Data($"models  {new Uri(desk.Address, "v1")}");
        Context.Terminal.Data($"tools   {new Uri(desk.Address, "mcp")}");
        Context.Terminal.Say($"The models take any key: set {DeskConfiguration.KeyVariable} to some text. Ctrl+C stops it.");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, Context.Clock, cancellation);
        }
        catch (OperationCanceledException)
        {
            // Being stopped is how this ends.
        }

        return ExitCode.Ok;
    }

    private async Task<DeskServer> StartAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var port = arguments.GetRequiredValue(_port)!.Value;
        try
        {
            return await DeskServer.StartAsync(
                new DeskOptions { Port = port, SessionsPerLesson = arguments.GetRequiredValue(_lesson)!.Value }, cancellation);
        }
        catch (IOException taken)
        {
            throw new CommandFailedException(
                ExitCode.CannotStart, $"Port {port} is in use by another program: stop that program, or choose another port with --port.", taken);
        }
    }
}
