namespace Sluice.Project.Templates.Evaluation;

/// <summary>Ends the macro that calls <c>return(value)</c>, with that value.</summary>
internal sealed class ReturnSignal(object? value) : Exception
{
    public object? Value { get; } = value;
}
