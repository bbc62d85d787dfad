namespace Sluice.Core.Journeys.Indexes;

/// <summary>The codes of a property's values, found by the values as texts.</summary>
internal sealed class JourneyCodes
{
    private readonly Dictionary<byte[], ushort> _codes = new(Utf8Comparer.Instance);
    private readonly Dictionary<byte[], ushort>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    private readonly Dictionary<object, ushort> _byValue = [];
    private readonly List<object> _values = [];
    private byte[]? _lastText;
    private ushort _lastCode;

    /// <summary>No texts yet.</summary>
    /// <param name="before">Values that have the first codes, those of an index below.</param>
    public JourneyCodes(IReadOnlyList<object>? before = null)
    {
        _lookup = _codes.GetAlternateLookup<ReadOnlySpan<byte>>();
        foreach (var value in before ?? [])
        {
            _values.Add(value);
            _byValue[value] = (ushort)_values.Count;
        }
    }

    /// <summary>The value of code 1, of code 2, and so on.</summary>
    public IReadOnlyList<object> Values => _values;

    /// <summary>Adds a text of a value; null is code 0, and equal values are one. False where there is no code left.</summary>
    public bool TryAdd(byte[] text, object? value)
    {
        var code = (ushort)0;
        if (value is not null && !_byValue.TryGetValue(value, out code))
        {
            if (_values.Count == JourneyProperty.MostValues)
            {
                return false;
            }

            _values.Add(value);
            _byValue[value] = code = (ushort)_values.Count;
        }

        _codes[text] = code;
        return true;
    }

    /// <summary>The code of a text that was added.</summary>
    public ushort Of(ReadOnlySpan<byte> text)
    {
        if (_lastText is not null && text.SequenceEqual(_lastText))
        {
            return _lastCode;
        }

        if (!_lookup.TryGetValue(text, out var known, out var code))
        {
            throw new InvalidOperationException("A value was not there when the values were listed.");
        }

        (_lastText, _lastCode) = (known, code);
        return code;
    }
}
