using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Atlas.Configuration;
using Atlas.Learning.Options;
using Xunit;

namespace Atlas.Run.Tests.Configured;

/// <summary>No key of the configuration is without effect: the code of the product reads each of them.</summary>
/// <remarks>That reading it makes a difference is tested beside what it changes: <c>EveryRunKeyTests</c>, <c>EverySiloKeyTests</c>,
/// <c>EveryRuleTests</c>, <c>EveryEvidenceKeyTests</c>, <c>EveryParameterTests</c>.</remarks>
public class EveryKeyTests
{
    /// <summary>Keys that only their own block or the loader reads, with where the effect is.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["LeakGuardOptions.Answers"] = "The block hands answers and file together to the leak guard.",
        ["LeakGuardOptions.AnswersFile"] = "The loader reads the file; LeakGuardTests of the configuration see its answers.",
        ["LeakGuardOptions.FileAnswers"] = "No key: what the loader read from the file.",
        ["LimitsByProvider.OpenAI"] = "ConfigurationTests of the models see it.",
        ["LimitsByProvider.Anthropic"] = "ConfigurationTests of the models see it.",
        ["LimitsByProvider.AzureOpenAI"] = "ConfigurationTests of the models see it.",
        ["LimitsByProvider.Bedrock"] = "ConfigurationTests of the models see it.",
        ["LimitsByProvider.Gemini"] = "ConfigurationTests of the models see it.",
        ["LimitsByProvider.XAI"] = "ConfigurationTests of the models see it.",
        ["TokenPrice.InputPerMillion"] = "The price computes a cost itself; the runtime's WireTests see it.",
        ["TokenPrice.OutputPerMillion"] = "The price computes a cost itself; the runtime's WireTests see it.",
        ["TokenPrice.CachedInputPerMillion"] = "The price computes a cost itself; ChangeCostTests of the proxy see it.",
        ["TokenPrice.CacheWritePerMillion"] = "The price computes a cost itself; ChangeCostTests of the proxy see it.",
        ["RewardOptions.Parameters"] = "The loader lays it over rim, and the judges work by that.",
        ["AtlasConfiguration.ArbiterSynthesizes"] = "No key: whether learning.llm is written as null.",
        ["AtlasConfiguration.SynthesizerSource"] = "No key: the synthesizer's model with its place.",
    };

    private static readonly Dictionary<ushort, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (ushort)code.Value);

    [Fact]
    public void Every_key_is_read_by_the_product()
    {
        var read = new HashSet<string>(StringComparer.Ordinal);
        string[] folders = [AppContext.BaseDirectory, Path.GetDirectoryName(CommandLine())!];
        foreach (var file in folders.SelectMany(folder => Directory.GetFiles(folder, "*.dll")).Where(IsProduct).DistinctBy(Path.GetFileName))
        {
            Collect(file, read);
        }

        var keys = Options().SelectMany(block => block
            .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(property => property.Name != "EqualityContract")
            .Select(property => (Name: $"{block.Name}.{property.Name}", Getter: $"{block.FullName}::get_{property.Name}"))).ToArray();

        Assert.True(keys.Length > 150, $"Only {keys.Length} keys were found.");
        Assert.Equal(Elsewhere.Keys.Order(StringComparer.Ordinal), keys.Where(key => !read.Contains(key.Getter)).Select(key => key.Name).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<Type> Options() => typeof(AtlasConfiguration).Assembly.GetTypes().Concat(typeof(LlmParameters).Assembly.GetTypes())
        .Where(type => type.IsPublic && type.IsClass && !(type.IsAbstract && type.IsSealed)
            && (type == typeof(AtlasConfiguration) || type == typeof(LlmParameters) || type == typeof(ProviderLimits) || type == typeof(TokenPrice)
                || type == typeof(LimitsByProvider) || type.Name.EndsWith("Options", StringComparison.Ordinal))
            && (type.Assembly == typeof(AtlasConfiguration).Assembly || type.Namespace == typeof(LlmParameters).Namespace));

    private static string CommandLine() => Places.Atlas;

    private static bool IsProduct(string file) => Path.GetFileName(file) is var name
        && (name == "atlas.dll" || (name.StartsWith("Atlas.", StringComparison.Ordinal) && !name.Contains("Tests", StringComparison.Ordinal)))
        && name is not ("Atlas.Configuration.dll" or "Atlas.Testing.dll");

    /// <summary>Which getters the code of an assembly calls, but that of the blocks themselves.</summary>
    private static void Collect(string file, HashSet<string> read)
    {
        using var image = new PEReader(File.OpenRead(file));
        var metadata = image.GetMetadataReader();
        foreach (var type in metadata.TypeDefinitions.Where(type => metadata.GetString(metadata.GetTypeDefinition(type).Namespace) != typeof(LlmParameters).Namespace
            || metadata.GetString(metadata.GetTypeDefinition(type).Name) == nameof(LearningRules)))
        {
            foreach (var method in metadata.GetTypeDefinition(type).GetMethods().Select(metadata.GetMethodDefinition).Where(method => method.RelativeVirtualAddress != 0))
            {
                var code = image.GetMethodBody(method.RelativeVirtualAddress).GetILReader();
                while (code.RemainingBytes > 0)
                {
                    var number = (ushort)code.ReadByte();
                    var operation = Codes[number == 0xFE ? (ushort)(0xFE00 | code.ReadByte()) : number];
                    if (operation.OperandType == OperandType.InlineMethod)
                    {
                        read.Add(NameOf(metadata, MetadataTokens.EntityHandle(code.ReadInt32())));
                    }
                    else
                    {
                        Skip(ref code, operation.OperandType);
                    }
                }
            }
        }
    }

    private static void Skip(ref BlobReader code, OperandType operand)
    {
        // The table's length is read before the offset, which reading it moves.
        var table = operand is OperandType.InlineSwitch ? 4 * code.ReadInt32() : 0;
        code.Offset += operand switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            OperandType.InlineSwitch => table,
            _ => 4,
        };
    }

    private static string NameOf(MetadataReader metadata, EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.MemberReference when metadata.GetMemberReference((MemberReferenceHandle)handle) is { Parent.Kind: HandleKind.TypeReference } member:
                var outside = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
                return $"{metadata.GetString(outside.Namespace)}.{metadata.GetString(outside.Name)}::{metadata.GetString(member.Name)}";
            case HandleKind.MethodDefinition:
                var own = metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
                var type = metadata.GetTypeDefinition(own.GetDeclaringType());
                return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}::{metadata.GetString(own.Name)}";
            default:
                return "";
        }
    }
}
