using System.Text.Json;
using Atlas.Http.Tests.Harness;
using Atlas.Testing.Documents;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Atlas.Http.Tests.Documents;

/// <summary>Code that pages show and no test runs at least compiles.</summary>
public sealed class CodeBlockTests
{
    // What a fragment may take for granted, as a reader would.
    private const string Surroundings = """
        global using System; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;
        global using System.Collections.Generic; global using System.Net.Http;
        global using Microsoft.AspNetCore.Builder; global using Microsoft.AspNetCore.Http; global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.AI; global using Microsoft.Extensions.Configuration; global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting; global using Microsoft.Extensions.Logging; global using Npgsql; global using Orleans.Hosting;
        global using Atlas.Client; global using Atlas.Client.AgentFramework; global using Atlas.Client.Chat; global using Atlas.Contracts.Sessions; global using Atlas.Domain;
        global using Atlas.Hosting; global using Atlas.Queries.Training; global using Atlas.Runtime; global using Atlas.Runtime.Configured;
        partial class Program
        {
            private static readonly WebApplicationBuilder builder = null!;
            private static readonly WebApplication app = null!;
            private static readonly IAtlasClient atlas = null!;
            private static readonly IChatClient model = null!;
            private static readonly NpgsqlDataSource dataSource = null!;
            private static readonly string connectionString = "";
            private static readonly Atlas.Configuration.AtlasConfiguration configuration = null!;
        }
        class MyJudge : Atlas.Models.Judges.IJudge
        {
            public string Name => "mine";
            public Task<Atlas.Models.Judges.Judgement> JudgeAsync(Atlas.Models.Judges.JudgeRequest request, CancellationToken ct) => throw new NotSupportedException();
        }
        class MySynthesizer : Atlas.Models.Synthesis.ISynthesizer
        {
            public string Name => "mine";
            public Task<Atlas.Models.Synthesis.SynthesisAnswer> SynthesizeAsync(Atlas.Models.Synthesis.SynthesisRequest request, CancellationToken ct) => throw new NotSupportedException();
        }
        """;

    // Aspire's libraries are not referenced here; samples/Aspire, which the tests of Aspire run, has the same lines.
    private const string Aspire = "src/Atlas.Aspire";

    public static TheoryData<string, int> CSharp() => Blocks("csharp");

    public static TheoryData<string, int> Json() => Blocks("json");

    [Theory]
    [MemberData(nameof(CSharp))]
    public void CSharp_compiles(string page, int line)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        var block = CSharpSyntaxTree.ParseText(Block(page, line), options);

        // Types that the page has shown before are known to what follows.
        var before = MarkdownPage.Blocks(Path.Combine(Repository.Root, page)).Where(earlier => earlier.Language == "csharp" && earlier.Line < line)
            .Select(earlier => CSharpSyntaxTree.ParseText(earlier.Text, options)).Where(earlier => !IsProgram(earlier));
        var compiled = CSharpCompilation.Create(
            "page",
            [block, .. before, CSharpSyntaxTree.ParseText(Surroundings, options)],
            references,
            new CSharpCompilationOptions(
                IsProgram(block) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

        Assert.Equal("", string.Join("\n", compiled.GetDiagnostics(TestContext.Current.CancellationToken).Where(found => found.Severity == DiagnosticSeverity.Error)));
    }

    [Theory]
    [MemberData(nameof(Json))]
    public void Json_can_be_read(string page, int line) => Assert.NotEqual(JsonValueKind.Undefined, JsonSerializer.Deserialize<JsonElement>(Block(page, line)).ValueKind);

    private static bool IsProgram(SyntaxTree tree) => tree.GetRoot().ChildNodes().OfType<GlobalStatementSyntax>().Any();

    private static string Block(string page, int line) =>
        MarkdownPage.Blocks(Path.Combine(Repository.Root, page)).Single(block => block.Line == line).Text;

    private static TheoryData<string, int> Blocks(string language)
    {
        var data = new TheoryData<string, int>();
        foreach (var page in MarkdownPage.All(Repository.Root).Where(page => !page.StartsWith(Aspire, StringComparison.Ordinal)))
        {
            foreach (var block in MarkdownPage.Blocks(Path.Combine(Repository.Root, page)).Where(block => block.Language == language))
            {
                data.Add(page, block.Line);
            }
        }

        return data;
    }
}
