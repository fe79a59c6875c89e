package embed

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
)

// A tensor is one of a file of safetensors.
type tensor struct {
	DType   string `json:"dtype"`
	Shape   []int  `json:"shape"`
	Offsets [2]int `json:"data_offsets"`
	data    []byte
}

// maxTensors is how long the header of a file of safetensors can be, as in the
// implementation of its authors.
const maxTensors = 100 << 20

// readTensors returns the tensors in a file of safetensors: the length of a
// header in 64 bits, the header in JSON, and the numbers.
func readTensors(file []byte) (map[string]tensor, error) {
	if len(file) < 8 {
		return nil, fmt.Errorf("%w: safetensors of %d bytes", ErrModel, len(file))
	}
	n := binary.LittleEndian.Uint64(file)
	if n > maxTensors || n > uint64(len(file)-8) {
		return nil, fmt.Errorf("%w: a header of %d bytes in safetensors of %d", ErrModel, n, len(file))
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(file[8:8+n], &raw); err != nil {
		return nil, fmt.Errorf("%w: header of safetensors: %w", ErrModel, err)
	}
	all := map[string]tensor{}
	for name, text := range raw {
		var t tensor
		if name == "__metadata__" {
			continue
		}
		if err := json.Unmarshal(text, &t); err != nil {
			return nil, fmt.Errorf("%w: tensor %s: %w", ErrModel, name, err)
		}
		data := file[8+n:]
		if t.Offsets[0] < 0 || t.Offsets[0] > t.Offsets[1] || t.Offsets[1] > len(data) {
			return nil, fmt.Errorf("%w: tensor %s is beyond the end", ErrModel, name)
		}
		t.data = data[t.Offsets[0]:t.Offsets[1]]
		if err := t.check(); err != nil {
			return nil, fmt.Errorf("%w: tensor %s: %w", ErrModel, name, err)
		}
		all[name] = t
	}
	return all, nil
}

func (t tensor) check() error {
	size := sizeOf(t.DType)
	if size == 0 {
		return fmt.Errorf("numbers of type %s", t.DType)
	}
	n := len(t.data) / size
	for _, d := range t.Shape {
		if d <= 0 || n%d != 0 {
			return fmt.Errorf("%d bytes for a shape of %v", len(t.data), t.Shape)
		}
		n /= d
	}
	if n != 1 || len(t.data)%size != 0 {
		return fmt.Errorf("%d bytes for a shape of %v", len(t.data), t.Shape)
	}
	return nil
}

// sizeOf returns how many bytes a number has, or 0 if kb does not read it.
func sizeOf(dtype string) int {
	switch dtype {
	case "I8":
		return 1
	case "F16", "BF16":
		return 2
	case "F32", "I32":
		return 4
	case "F64", "I64":
		return 8
	}
	return 0
}

// at returns number i of the tensor.
func (t tensor) at(i int) float64 {
	b := t.data[i*sizeOf(t.DType):]
	switch t.DType {
	case "I8":
		return float64(int8(b[0]))
	case "F16":
		return half(binary.LittleEndian.Uint16(b))
	case "BF16":
		return float64(math.Float32frombits(uint32(binary.LittleEndian.Uint16(b)) << 16))
	case "F32":
		return float64(math.Float32frombits(binary.LittleEndian.Uint32(b)))
	case "I32":
		return float64(int32(binary.LittleEndian.Uint32(b)))
	case "F64":
		return math.Float64frombits(binary.LittleEndian.Uint64(b))
	}
	return float64(int64(binary.LittleEndian.Uint64(b)))
}

// half returns a number of IEEE 754 with 16 bits.
func half(bits uint16) float64 {
	sign, exponent, fraction := 1.0, int(bits>>10&0x1f), float64(bits&0x3ff)
	if bits>>15 == 1 {
		sign = -1
	}
	switch exponent {
	case 0:
		return sign * math.Ldexp(fraction, -24)
	case 0x1f:
		return sign * math.Inf(1) // not a number either
	}
	return sign * math.Ldexp(1024+fraction, exponent-25)
}
