using System.Collections;
using System.Collections.Immutable;
using System.CommandLine;
using Atlas.Cli.Config;
using Atlas.Cli.Output;
using Atlas.Configuration;
using Atlas.Configuration.Checking;
using Atlas.Learning.Options;
using Atlas.Learning.Review;

namespace Atlas.Cli.Export;

/// <summary>The options that decide sessions of which review statuses are exported.</summary>
internal sealed class ExportSelection
{
    private const string RequireApproval = "ATLAS_REVIEW_REQUIRE_APPROVAL";
    private const string StatusesKey = "runtime_safety.review.default_export_statuses";

    private readonly Option<string[]> _include = new("--include-status")
    {
        Description = "Take sessions of this review status too; repeat it for more.",
        HelpName = "STATUS",
    };

    private readonly Option<bool> _all = new("--include-all-statuses") { Description = "Take sessions of every review status, quarantined ones too." };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "A configuration whose runtime_safety.review says what is exported.",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Add(_include);
        command.Add(_all);
        command.Add(_config);
    }

    /// <summary>The review statuses in lower case; empty for all.</summary>
    /// <exception cref="CommandFailedException">There is no such file, or something in it is wrong; every fault has been told.</exception>
    public ImmutableArray<string> Read(ParseResult arguments, Terminal terminal)
    {
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal);
        var (options, written) = Configured(arguments.GetValue(_config), variables, terminal);
        return ExportStatuses.Resolve(
            written ? options.Review.DefaultExportStatuses : null,
            variables.GetValueOrDefault(ExportStatuses.Variable),
            options.Review.RequireApproval,
            arguments.GetValue(_include) ?? [],
            arguments.GetValue(_all));
    }

    private static (RuntimeSafetyOptions Options, bool StatusesAreWritten) Configured(
        string? file, Dictionary<string, string> variables, Terminal terminal)
    {
        // Statuses in a variable have rules of their own here and are applied after the file; without a file nothing else of the
        // configuration is of any concern to an export.
        var check = ConfigurationLoader.Check(new ConfigurationRequest
        {
            Files = file is null ? [] : [ConfigurationArguments.Existing(file)],
            Profile = ConfigurationProfile.Cluster,
            Environment = variables.Where(variable => file is null ? variable.Key == RequireApproval : variable.Key != ExportStatuses.Variable)
                .ToDictionary(StringComparer.Ordinal),
        });
        ProblemSheet.Write(check, terminal);
        return check.Configuration is { } configuration
            ? (configuration.RuntimeSafety, check.Values.Any(
                value => value.Path.StartsWith(StatusesKey, StringComparison.Ordinal) && value.Source.Kind == ValueSourceKind.File))
            : throw new CommandFailedException(
                ExitCode.Failed, $"{file} is no valid configuration, so nothing was exported; put the above right first.");
    }
}
