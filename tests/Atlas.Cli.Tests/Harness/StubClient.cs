using System.Reflection;
using System.Runtime.CompilerServices;
using Atlas.Client;

namespace Atlas.Cli.Tests.Harness;

/// <summary>A cluster that answers as a test says.</summary>
public class StubClient : DispatchProxy
{
    private Func<string, object?[], object?> _answer = (_, _) => null;

    /// <param name="answer">The result of a method, given its name and its arguments.</param>
    internal static IAtlasClient Create(Func<string, object?[], object?> answer)
    {
        var client = Create<IAtlasClient, StubClient>();
        Unsafe.As<StubClient>(client)._answer = answer;
        return client;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name is "DisposeAsync"
        ? ValueTask.CompletedTask
        : _answer(targetMethod.Name, args ?? []) ?? throw new NotSupportedException(targetMethod.Name);
}
