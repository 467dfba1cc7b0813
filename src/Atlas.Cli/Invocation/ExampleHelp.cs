using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Atlas.Cli.Invocation;

/// <summary>The help of a command, followed by its examples.</summary>
internal sealed class ExampleHelp(HelpAction help) : SynchronousCommandLineAction
{
    /// <summary>Gets a value indicating that help is shown whatever else is wrong with the command line.</summary>
    public override bool ClearsParseErrors => true;

    /// <summary>Replaces the help that comes with the parser.</summary>
    public static ExampleHelp AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        var withExamples = new ExampleHelp((HelpAction)option.Action!);
        option.Action = withExamples;
        return withExamples;
    }

    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is IHasExamples { Examples: { Count: > 0 } examples })
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in examples)
            {
                output.WriteLine($"  {example}");
            }
        }

        return (int)ExitCode.Ok;
    }
}
